/** Gives back what was put in, whatever comes before all others first. */
export class Heap<T> {
  private readonly items: T[] = []
  private readonly isBefore: (one: T, other: T) => boolean

  constructor(isBefore: (one: T, other: T) => boolean) {
    this.isBefore = isBefore
  }

  /** Nothing when it is empty. */
  first(): T | undefined {
    return this.items[0]
  }

  push(item: T): void {
    let index = this.items.push(item) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.isBefore(item, this.items[parent] as T)) break
      this.items[index] = this.items[parent] as T
      index = parent
    }
    this.items[index] = item
  }

  /** Takes the first one out. */
  pop(): T | undefined {
    const [first] = this.items
    const last = this.items.pop()
    if (last !== undefined && this.items.length > 0) this.sink(last)
    return first
  }

  /** Lets an item down from the top, where it takes the place of what was there. */
  private sink(item: T): void {
    const { items } = this
    let index = 0
    for (let child = 1; child < items.length; child = 2 * index + 1) {
      const right = child + 1
      if (right < items.length && this.isBefore(items[right] as T, items[child] as T)) child = right
      if (!this.isBefore(items[child] as T, item)) break
      items[index] = items[child] as T
      index = child
    }
    items[index] = item
  }
}
