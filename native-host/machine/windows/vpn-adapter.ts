/** Whether a network adapter is that of a VPN, judged by what Windows and its driver say of it. */

export interface AdapterFacts {
  /** IANA's ifType. https://learn.microsoft.com/en-us/windows/win32/api/iptypes/ns-iptypes-ip_adapter_addresses_lh */
  type: number;
  /** TUNNEL_TYPE. https://learn.microsoft.com/en-us/windows/win32/api/ifdef/ne-ifdef-tunnel_type */
  tunnel: number;
  description: string;
}

/** IF_TYPE_PPP: what Windows' own VPN connections are. */
const PPP = 23;
const TUNNEL = 131;
/** 6to4, ISATAP and Teredo carry IPv6 through IPv4 and hide nothing. */
const transitions: readonly number[] = [11, 13, 14];

/**
 * What the drivers of VPN clients call themselves. Most are Ethernet (6) or IF_TYPE_PROP_VIRTUAL (53) to Windows,
 * as are the adapters of virtual machines, so only the name tells.
 */
const drivers = [
  /\bvpn\b/i,
  /cisco (anyconnect|secure client)/i,
  /\btap-/i,
  /wireguard/i,
  /wintun/i,
  /nordlynx/i,
  /openvpn/i,
  /fortinet|forticlient/i,
  /pangp|globalprotect/i,
  /juniper networks virtual/i,
  /pulse secure|ivanti/i,
  /check point virtual/i,
  /sonicwall/i,
  /zscaler/i,
  /f5 networks/i,
  // Citrix PV is a network card of Xen.
  /citrix (virtual|gateway|secure access|netscaler)/i,
  /tailscale|zerotier|cloudflare warp/i,
];

export function isVpn({ type, tunnel, description }: AdapterFacts): boolean {
  if (type === PPP) return true;
  if (type === TUNNEL && !transitions.includes(tunnel)) return true;
  return drivers.some((driver) => driver.test(description));
}
