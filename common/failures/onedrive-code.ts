/** Whether a code is OneDrive's own, or one of Windows that OneDrive passes on: seen in the app, not on the web. */
export function isOneDriveCode(code: string): boolean {
  return /^0x8004(?:de|e4d0|0c)|^0x8007(?:016a|0194|0005)$/.test(code);
}
