import { DEFAULT_IMAGE } from '../sensor/image.ts'
import { CODE_DEPLOY_OPTIONS } from './code-deploy.ts'
import { COMMENT_OPTIONS } from './comment.ts'
import { FLEET_OPTIONS } from './fleet.ts'
import { IMAGE_CHECK } from './image-check.ts'
import {
  amount,
  choice,
  decimal,
  flag,
  httpUrl,
  integer,
  line,
  lines,
  list,
  type Option,
  objectText,
  pairs
} from './option.ts'

const MANY = Number.MAX_SAFE_INTEGER

/** Every option, in the order of the documentation: the action's inputs, the command's flags and the README come from here. */
export const OPTIONS = {
  'task-definition': line({
    section: 'source',
    description:
      'Path of the task definition file, JSON or YAML, relative to the workspace; bare, or the output of `describe-task-definition`. Comments, a BOM and trailing commas are accepted.'
  }),
  'task-definition-family': line({
    section: 'source',
    description: 'Family whose latest ACTIVE revision to take, or the one that `task-definition-revision` names.'
  }),
  'task-definition-revision': integer(1, MANY, {
    section: 'source',
    description: 'Revision of `task-definition-family`.'
  }),
  'task-definition-arn': line({ section: 'source', description: 'Full ARN of the revision to take.' }),

  'satellite-url': httpUrl({
    section: 'flags',
    required: true,
    description: 'Where the sensor sends what it sees: the http(s) URL of the Levo satellite.'
  }),
  'levo-env': line({
    section: 'flags',
    required: true,
    description:
      "Application environment, such as staging or production; in a fleet also `tag:NAME`, the value of each service's tag of that name."
  }),
  'levoai-org-id': line({
    section: 'flags',
    required: true,
    secret: true,
    description: 'Levo organization id. Pass it as a secret: the runner prints `with:` itself.'
  }),
  'levoai-workspace-id': line({
    section: 'flags',
    description:
      'Levo workspace id, for newer images only: the default image does not know the flag, and an unknown flag ends the sensor.'
  }),
  'rate-limit': decimal({ section: 'flags', description: 'Traces a minute.' }),
  'trace-export-interval': decimal({ section: 'flags', description: 'Seconds between two exports.' }),
  'stream-timeout-seconds': decimal({ section: 'flags', description: 'Seconds to wait for missing TCP data.' }),
  'max-http-length': integer(1, MANY, { section: 'flags', description: 'Bytes of a body that are kept.' }),
  filter: line({ section: 'flags', description: 'Packet filter, such as `port 8080 and not port 8081`.' }),
  'host-allow': lines({ section: 'flags', description: 'Hosts to see: one RE2 regular expression a line.' }),
  'path-allow': lines({ section: 'flags', description: 'Paths to see: one RE2 regular expression a line.' }),
  'host-exclusions': lines({ section: 'flags', description: 'Hosts to leave out: one RE2 regular expression a line.' }),
  'path-exclusions': lines({ section: 'flags', description: 'Paths to leave out: one RE2 regular expression a line.' }),
  'exclude-sidecar-ports': flag({
    section: 'flags',
    default: 'false',
    description: "`true`: the packet filter leaves out the ports of the task's other non-essential containers."
  }),
  'extra-args': lines({
    section: 'flags',
    secret: true,
    description: 'Further arguments of the sensor, one a line, appended as given.'
  }),

  'sensor-profile': choice(['auto', 'standard', 'low-resource', 'proportional'], {
    section: 'container',
    default: 'auto',
    description:
      'Size and flags: `standard` (512 CPU units, 512 MiB), `low-resource` (256, 200), `proportional` (5 % of the task), or `auto`, the one that fits and never outweighs the application.'
  }),
  image: line({
    section: 'container',
    default: DEFAULT_IMAGE,
    description: 'Image of the sensor, by tag or digest; a mirror is fine.'
  }),
  ...IMAGE_CHECK,
  'container-name': line({
    section: 'container',
    default: 'levo-pcap-sensor',
    description: 'Name of the sensor container.'
  }),
  cpu: amount(0, {
    section: 'container',
    description: "CPU units (`0` reserves none) or a share of the task such as `5%`, instead of the profile's."
  }),
  memory: amount(6, {
    section: 'container',
    description: "MiB or a share of the task such as `5%`, instead of the profile's."
  }),
  'memory-reservation': integer(6, MANY, { section: 'container', description: 'Soft memory limit in MiB.' }),
  'environment-variables': pairs({
    section: 'container',
    secret: true,
    description: '`KEY=value` lines for the sensor.'
  }),
  secrets: pairs({
    section: 'container',
    secret: true,
    description: '`KEY=ARN` lines: environment variables from Secrets Manager or Parameter Store.'
  }),
  'docker-labels': pairs({
    section: 'container',
    description: '`KEY=value` lines; keys may not begin with `levoai.`.'
  }),
  'repository-credentials': line({
    section: 'container',
    secret: true,
    description: 'Secrets Manager ARN for a private registry.'
  }),
  'log-group': line({
    section: 'container',
    description:
      'CloudWatch log group of its own for the sensor, created when missing (the execution role then needs `logs:CreateLogGroup`). Without it the sensor shares the log group of the application.'
  }),
  'log-stream-prefix': line({ section: 'container', default: 'ecs-pcap', description: 'Prefix of the log stream.' }),
  'log-configuration-log-driver': line({
    section: 'container',
    description: 'Log driver of a whole log configuration of your own.'
  }),
  'log-configuration-options': pairs({
    section: 'container',
    secret: true,
    description: '`KEY=value` lines for `log-configuration-log-driver`.'
  }),
  'restart-attempt-period': integer(60, 1800, {
    section: 'container',
    description:
      'Seconds that the sensor must have run to be restarted when it exits; turns the container restart policy on.'
  }),
  'container-overrides': objectText({
    section: 'container',
    secret: true,
    description: 'JSON or YAML object that is merged over the container, last; `null` deletes a member.'
  }),
  'task-size': choice(['keep', 'grow', 'unchecked'], {
    section: 'container',
    default: 'keep',
    description:
      'When the sensor does not fit the task: `keep` is an error, `grow` takes the smallest Fargate size that fits (removing the sensor gives the old one back), `unchecked` makes a warning of what only this check refuses.'
  }),
  'aws-region': line({
    section: 'container',
    description:
      "Region; else that of a given ARN, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's. `regions` takes its place in a fleet of several."
  }),

  mode: choice(['install', 'remove', 'verify', 'restore', 'discover'], {
    section: 'action',
    default: 'install',
    description:
      '`install` adds or updates the sensor, `remove` takes it out, `verify` proves that it runs in a service as that stands, whoever deployed it. Of fleets: `restore` moves back what an earlier run moved (`results-file`), `discover` tells how each service stands; it changes nothing.'
  }),
  'dry-run': flag({ section: 'action', default: 'false', description: 'Read and plan only: nothing in AWS changes.' }),
  register: flag({
    section: 'action',
    default: 'true',
    description: '`false`: stop after rendering; the file is the result, for a later step that registers it itself.'
  }),
  'output-file': line({
    section: 'action',
    description:
      'Also write the rendered definition to this file, in a dry run too. A definition that is there keeps its layout and its comments.'
  }),
  tags: pairs({ section: 'action', description: '`KEY=value` lines, added to the tags that the revision keeps.' }),
  cluster: line({ section: 'action', fallback: 'default', description: 'Cluster of the services, name or ARN.' }),
  service: list({
    section: 'action',
    description: 'One or several services, names or ARNs, by comma or line. They are moved onto the revision.'
  }),
  'force-new-deployment': flag({ section: 'action', description: 'Start a deployment even if nothing changed.' }),
  'desired-count': integer(0, MANY, { section: 'action', description: 'Number of tasks, for one service.' }),
  'propagate-tags': choice(['TASK_DEFINITION', 'SERVICE', 'NONE'], {
    section: 'action',
    description: 'What new tasks take their tags from: `TASK_DEFINITION`, `SERVICE` or `NONE`.'
  }),
  'enable-ecs-managed-tags': flag({
    section: 'action',
    description: 'Whether ECS tags the tasks with cluster and service.'
  }),
  'on-deployment-in-progress': choice(['error', 'wait', 'replace'], {
    section: 'action',
    default: 'error',
    description:
      'When a service has a deployment of something else under way: `error` moves nothing, `wait` waits for its end (as long as `wait-for-minutes`), `replace` puts the new revision in its place. One to this very revision is followed.'
  }),
  'wait-for-service-stability': flag({
    section: 'action',
    fallback: 'false',
    description: 'Follow the deployment to its end, and prove that the sensor runs. A fleet always does.'
  }),
  'wait-for-minutes': integer(1, 360, {
    section: 'action',
    default: '30',
    description: 'How long following and settling may take together; a rollback has as long again.'
  }),
  'wait-max-delay-seconds': integer(1, 120, {
    section: 'action',
    default: '15',
    description: 'The longest gap between two looks.'
  }),
  'verify-sensor': choice(['require', 'warn', 'off'], {
    section: 'action',
    description:
      'Whether the sensor must run in every task of the deployment: `require` (when waiting, a fleet always, and in `mode: verify`), `warn` or `off`.'
  }),
  'sensor-settle-seconds': integer(0, 600, {
    section: 'action',
    default: '60',
    description: 'How long the sensor must stay RUNNING in each task.'
  }),
  'rollback-on-failure': flag({
    section: 'action',
    fallback: 'false',
    description:
      'Put the service back on the exact revision that it ran before when the deployment fails, the sensor does not run, or the time is over. Needs `wait-for-service-stability`. In a fleet `true` unless `false` is given.'
  }),
  ...CODE_DEPLOY_OPTIONS,
  'max-retries': integer(1, 100, { section: 'action', default: '10', description: 'Attempts for one API call.' }),
  ...COMMENT_OPTIONS,
  ...FLEET_OPTIONS
} as const satisfies Record<string, Option<unknown>>

export type OptionName = keyof typeof OPTIONS

type ValueOf<O> = O extends { parse: (raw: string) => infer P } ? Extract<P, { value: unknown }>['value'] : never

/** One parsed value for each option; undefined for one that was not given and has no default. */
export type Values = {
  [K in OptionName]:
    | ValueOf<(typeof OPTIONS)[K]>
    | ((typeof OPTIONS)[K] extends { default: string } ? never : undefined)
}
