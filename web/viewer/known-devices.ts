/**
 * What this browser makes of a device. `new`: nobody here has said yet that it is one of theirs. `wrong`: not the one
 * that a guest was sent to, and no question of accepting it.
 */
export type DeviceStanding = 'known' | 'new' | 'wrong'

export interface KnownDevices {
  standing(device: string): DeviceStanding
  /** Keeps it as known, as long as the browser can. */
  learn(device: string): void
}
