import { expect, test } from 'vitest';
import { isVpn } from '../../native-host/machine/windows/vpn-adapter.ts';

const ETHERNET = 6;
const PPP = 23;
const VIRTUAL = 53;
const WIFI = 71;
const TUNNEL = 131;

test.each<[number, number, string]>([
  [PPP, 0, 'Contoso'],
  [TUNNEL, 0, 'a tunnel'],
  [TUNNEL, 15, 'Microsoft IP-HTTPS Platform Adapter'],
  [ETHERNET, 0, 'Cisco AnyConnect Secure Mobility Client Virtual Miniport Adapter for Windows x64'],
  [ETHERNET, 0, 'Cisco AnyConnect Virtual Miniport Adapter for Windows x64'],
  [VIRTUAL, 0, 'Cisco Secure Client Virtual Adapter'],
  [VIRTUAL, 0, 'TAP-Windows Adapter V9 #2'],
  [ETHERNET, 0, 'TAP-NordVPN Windows Adapter V9'],
  [VIRTUAL, 0, 'WireGuard Tunnel #1'],
  [VIRTUAL, 0, 'Wintun Userspace Tunnel'],
  [VIRTUAL, 0, 'NordLynx Tunnel'],
  [VIRTUAL, 0, 'OpenVPN Data Channel Offload'],
  [ETHERNET, 0, 'Fortinet Virtual Ethernet Adapter (NDIS 6.30)'],
  [ETHERNET, 0, 'Fortinet SSL VPN Virtual Ethernet Adapter'],
  [ETHERNET, 0, 'PANGP Virtual Ethernet Adapter Secure'],
  [ETHERNET, 0, 'Juniper Networks Virtual Adapter'],
  [VIRTUAL, 0, 'Pulse Secure Virtual Adapter'],
  [VIRTUAL, 0, 'Ivanti Secure Access Client Adapter'],
  [ETHERNET, 0, 'Check Point Virtual Network Adapter For Endpoint VPN Client'],
  [ETHERNET, 0, 'SonicWall NetExtender Adapter'],
  [ETHERNET, 0, 'SonicWALL Virtual NIC'],
  [VIRTUAL, 0, 'Zscaler Network Adapter 1.0.2.0'],
  [PPP, 0, 'F5 Networks VPN Adapter'],
  [ETHERNET, 0, 'Citrix Virtual Adapter'],
  [VIRTUAL, 0, 'Tailscale Tunnel'],
  [ETHERNET, 0, 'VPN Client Adapter - VPN'],
])('a VPN: type %i, tunnel %i, %s', (type, tunnel, description) => {
  expect(isVpn({ type, tunnel, description })).toBe(true);
});

test.each<[number, number, string]>([
  [TUNNEL, 14, 'Microsoft Teredo Tunneling Adapter'],
  [TUNNEL, 13, 'Microsoft ISATAP Adapter #2'],
  [TUNNEL, 11, 'Microsoft 6to4 Adapter'],
  [ETHERNET, 0, 'Intel(R) Ethernet Connection (16) I219-LM'],
  [WIFI, 0, 'Intel(R) Wi-Fi 6E AX211 160MHz'],
  [WIFI, 0, 'Microsoft Wi-Fi Direct Virtual Adapter'],
  [ETHERNET, 0, 'Hyper-V Virtual Ethernet Adapter'],
  [ETHERNET, 0, 'VMware Virtual Ethernet Adapter for VMnet8'],
  [ETHERNET, 0, 'VirtualBox Host-Only Ethernet Adapter'],
  [ETHERNET, 0, 'Citrix PV Network Adapter #0'],
  [ETHERNET, 0, 'Cisco USB-C Ethernet'],
  [ETHERNET, 0, 'Bluetooth Device (Personal Area Network)'],
  [VIRTUAL, 0, 'a virtual adapter of no known client'],
  [243, 0, 'Generic Mobile Broadband Adapter'],
  [ETHERNET, 0, ''],
])('no VPN: type %i, tunnel %i, %s', (type, tunnel, description) => {
  expect(isVpn({ type, tunnel, description })).toBe(false);
});
