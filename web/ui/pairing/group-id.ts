/** Short groups, so that two people, or two screens, can be compared by eye. */
export function groupId(id: string): string[] {
  return id.match(/.{1,4}/gs) ?? []
}
