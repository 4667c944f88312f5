/** Things by a key that several have in common; those of one key in the order in which they were added. */
export class Grouped<T> {
  private readonly groups = new Map<string, Set<T>>()

  add(key: string, item: T): void {
    const group = this.groups.get(key)
    if (group === undefined) this.groups.set(key, new Set([item]))
    else group.add(item)
  }

  delete(key: string, item: T): void {
    const group = this.groups.get(key)
    group?.delete(item)
    if (group?.size === 0) this.groups.delete(key)
  }

  /** Takes all of one key out. */
  clear(key: string): void {
    this.groups.delete(key)
  }

  of(key: string): T[] {
    return [...(this.groups.get(key) ?? [])]
  }
}
