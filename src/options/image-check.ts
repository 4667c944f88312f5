import { choice, type Option } from './option.ts'

/** The input for a look at what tasks will pull. */
export const IMAGE_CHECK = {
  'check-image': choice(['warn', 'require', 'off'], {
    section: 'container',
    default: 'warn',
    description:
      'Whether the registry has `image`, for the architecture of the task, is looked up before anything is registered. `warn`: an image that is clearly not there, or not for that, is a warning; `require`: an error; `off`: nothing is asked. What cannot be told from here is a note, with `require` a warning.'
  })
} as const satisfies Record<string, Option<unknown>>
