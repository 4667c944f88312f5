import type { InputNotes } from './notes.ts'

/** A fleet: many services in one run. */
export const OF_A_FLEET = {
  regions: {
    example: 'us-east-1, eu-west-1',
    notes:
      '`all` and patterns ask `ec2:DescribeRegions`, and go by a list that is built in where that is denied. A Region that is not enabled is reported, and the others go on.'
  },
  clusters: { example: 'prod-*\n!prod-sandbox' },
  services: {
    example: '*\n!batch-*',
    notes: 'They narrow each other: a service is meant when its cluster, its name and its family all are.'
  },
  families: {
    example: 'web-*',
    notes: 'Looked for among what the services run; families that no service runs are not touched.'
  },
  'max-parallel': { example: '10', notes: 'Calls keep to the rates that ECS publishes, however many these are.' },
  canary: {
    example: '2',
    notes:
      'Only services that change something count, those with running tasks first. One that fails stops everything else; a busy one is replaced by the next. `0` does without.'
  },
  'canary-soak-minutes': {
    example: '15',
    notes:
      'At its end the canaries are looked at once more: one whose sensor has stopped, or that somebody put back, stops everything else.'
  },
  'stop-after-failures': {
    example: '3',
    notes:
      'What is under way is followed to its end. Those that were not begun are listed; running again does what is left.'
  },
  'matrix-size': {
    example: '25',
    notes: 'GitHub takes 256 entries: of a larger fleet each has more. [How to use the matrix](fleet.md#many-jobs).'
  },
  'fail-on': {
    example: 'absent, outdated, stopped',
    notes: 'Of `mode`: `discover` only; [a nightly look](fleet.md#drift).'
  },
  'results-file': {
    example: 'earlier/results.json',
    notes: 'Of `mode`: `restore` only, and needed there. [How to restore](fleet.md#restore).'
  }
} as const satisfies Record<string, InputNotes>
