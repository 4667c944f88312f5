// The action as the bundle starts it, from its sources.
import { action } from '../../src/index.ts'

await action()
