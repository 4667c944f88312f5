import pLimit from 'p-limit'

/** Does something for each item, so many at a time. After a failure nothing more begins; it is thrown when all that was begun has ended. */
export async function sideBySide<T>(items: readonly T[], most: number, act: (item: T) => Promise<void>): Promise<void> {
  const errors: unknown[] = []
  await pLimit(most).map(items, async item => {
    if (errors.length > 0) return
    try {
      await act(item)
    } catch (error) {
      errors.push(error)
    }
  })
  if (errors.length > 0) throw errors[0]
}
