import type { OptionName } from '../../src/options/table.ts'
import { expression, type InputNotes } from './notes.ts'

type OfTheDefinition = Extract<OptionName, `task-definition${string}`>

/** Where the task definition comes from. */
export const OF_THE_DEFINITION = {
  'task-definition': {
    example: 'task-definition.json',
    notes:
      'The file itself is not changed; `output-file` writes one. It may be what an earlier step rendered, such as the output of ' +
      '`aws-actions/amazon-ecs-render-task-definition`. In a dry run, or with `register`: `false`, a file needs no AWS credentials, only a Region.'
  },
  'task-definition-family': {
    example: 'web',
    notes:
      'For definitions that live in AWS alone. With `service` as well, a second diff tells what changes besides the sensor from what the service runs.'
  },
  'task-definition-revision': {
    example: '42',
    notes: 'Goes with `task-definition-family` only. An INACTIVE one is registered anew.'
  },
  'task-definition-arn': {
    example: 'arn:aws:ecs:us-west-2:123456789012:task-definition/web:42',
    notes: 'Its Region has to be that of `aws-region`, `cluster` and `service`, where those name one.'
  }
} as const satisfies Record<OfTheDefinition, InputNotes>

/** The sensor's flags. Defaults of the sensor itself: Levo, "Sensor on AWS Fargate" and "Sensor via Docker". */
export const OF_THE_FLAGS = {
  'satellite-url': {
    example: 'https://satellite.example.com',
    notes:
      'The task has to reach it: security group, route, and name resolution are those of the application. A user and a password in it are masked in all that is printed.'
  },
  'levo-env': {
    example: 'production',
    notes:
      '`tag:NAME` is for a fleet only: there a service without that tag is left alone and reported, and the others go on.'
  },
  'levoai-org-id': {
    example: expression('secrets.LEVOAI_ORG_ID'),
    notes:
      'Masked in everything that the action prints. The rendered file and the output `container-definition` hold it, since the sensor needs it. In a dry run from a ' +
      'file without credentials, as in a pull request from a fork, it may be empty: `LEVOAI_ORG_ID` is rendered in its place, with a warning.'
  },
  'levoai-workspace-id': { example: 'f3b1c2d4', notes: 'Refused together with the default `image`.' },
  'rate-limit': {
    example: '200',
    notes: "The sensor's own default is 1000; `sensor-profile`: `low-resource` gives 100, `proportional` 50."
  },
  'trace-export-interval': { example: '5', notes: "The sensor's own default is 10; both small profiles give 1." },
  'stream-timeout-seconds': {
    example: '5',
    notes:
      "The sensor's own default is 10. A whole number without a point is right for every version of the image; some may not take `2.0`."
  },
  'max-http-length': {
    example: '1000000',
    notes: "The sensor's own default is 10000000. A smaller one makes the sensor need less memory."
  },
  filter: {
    example: 'port 8080 and not port 8081',
    notes:
      'The grammar is that of pcap-filter(7), and `tcpdump -d EXPRESSION` tests one. A wrong one lets the sensor start and ends it some five seconds later, which ' +
      '`sensor-settle-seconds` is long enough to see. `exclude-sidecar-ports` adds to it.'
  },
  'host-allow': {
    example: '^api\\.example\\.com(:\\d+)?$',
    notes:
      'Matched anywhere in the Host header, with its port; write `^` and `$` for the whole. Each line becomes a flag of its own, quoted where its commas would split it. ' +
      'RE2 has no look-around and no back-references; what the sensor would not compile is an error here.'
  },
  'path-allow': {
    example: '^/v\\d{1,3}/',
    notes: 'Matched anywhere in the path, without the query; else as `host-allow`.'
  },
  'host-exclusions': { example: '^internal\\.', notes: 'As `host-allow`, for what is not to be seen.' },
  'path-exclusions': {
    example: '^/healthz$\n^/metrics$',
    notes: 'As `path-allow`, for what is not to be seen. `/health` alone leaves out `/v1/healthy-food` too.'
  },
  'exclude-sidecar-ports': {
    example: 'true',
    notes:
      'Beside a proxy or an agent the same traffic would be seen twice. A port that an essential container has too stays in. A `filter` of yours is put in parentheses before them.'
  },
  'extra-args': {
    example: '--interfaces\neth1',
    notes:
      'For flags that have no input. An unknown flag ends the sensor at once; with `wait-for-service-stability` the step finds that out, and says which.'
  }
} as const satisfies Record<string, InputNotes>
