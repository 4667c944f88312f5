import { isObject, type JsonObject, object, string } from '../json.ts'
import type { Rule } from '../task-view.ts'

const FARGATE_DRIVERS = ['awslogs', 'splunk', 'awsfirelens']
const AWSLOGS_REQUIRED = ['awslogs-region', 'awslogs-group']

const driver = (container: JsonObject) => string(object(container.logConfiguration).logDriver)
const options = (container: JsonObject) => object(object(container.logConfiguration).options)
const missing = (container: JsonObject) => AWSLOGS_REQUIRED.filter(option => !options(container)[option])

export const LOGGING_RULES: readonly Rule[] = [
  {
    name: 'fargate-log-driver',
    brokenBy: (container, task) =>
      task.fargate && isObject(container.logConfiguration) && !FARGATE_DRIVERS.includes(driver(container) ?? ''),
    text: (container: JsonObject) =>
      `${driver(container)} is not a valid log driver. Must be one of [${FARGATE_DRIVERS}]`
  },
  {
    name: 'awslogs-options',
    brokenBy: container => driver(container) === 'awslogs' && missing(container).length > 0,
    text: (container: JsonObject) => `Log driver awslogs requires options: ${missing(container).join(', ')}`
  },
  {
    name: 'fargate-awslogs-execution-role',
    brokenBy: (container, task) => task.fargate && driver(container) === 'awslogs' && !task.definition.executionRoleArn,
    text: 'Fargate requires task definition to have execution role ARN to support log driver awslogs.'
  },
  {
    name: 'fargate-awslogs-stream-prefix',
    brokenBy: (container, task) =>
      task.fargate && driver(container) === 'awslogs' && !options(container)['awslogs-stream-prefix'],
    text: 'Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.'
  },
  {
    name: 'awsfirelens-router',
    brokenBy: (container, task) =>
      driver(container) === 'awsfirelens' && !task.containers.some(other => isObject(other.firelensConfiguration)),
    text: 'When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified'
  }
]
