import { isSameContainer } from '../sensor/same.ts'
import { withoutMarks } from '../task-definition/tags.ts'
import { movesOf, type OtherChanges, type Report } from './report.ts'

/** What is done, in a few words: about the sensor, or about services where the revision is there already. */
export function sayChange(report: Partial<Report>): string {
  const { rendering, changed, again, baseArn } = report
  if (changed === false && baseArn !== undefined) {
    return saySteps(report).join(', ') || `the same as ${shortened(baseArn)}`
  }
  if (again === true && baseArn !== undefined)
    return `registers the same as ${shortened(baseArn)}, which was deregistered`
  const { sensor, replaced } = rendering ?? {}
  if (sensor === undefined) return replaced === undefined ? sayNoSensor(report) : `takes out ${replaced.name}`
  if (isSameContainer(replaced, sensor) && !touchesSensors(report)) {
    return `${tagsDiffer(report) ? 'changes tags, ' : ''}keeps ${sensor.name} as it is`
  }
  const { name, cpu = 0, memory } = sensor
  const size = memory === undefined ? '' : ` (${Number(cpu)} CPU units, ${memory} MiB)`
  return `${replaced === undefined && sensorsBefore(report).length === 0 ? 'adds' : 'updates'} ${name}${size}`
}

/** What is done with the services where the revision is there already: some are moved onto it, some only deployed anew, or only set. */
export function saySteps(report: Partial<Report>): string[] {
  const { moved, anew, set } = movesOf(report)
  const revision = shortened(report.baseArn ?? '')
  return [
    ...(moved.length === 0 ? [] : [`moves ${moved.join(', ')} onto ${revision}`]),
    ...(anew.length === 0 ? [] : [`deploys ${revision} anew in ${anew.join(', ')}`]),
    ...(set.length === 0 ? [] : [`sets ${(report.sets ?? []).join(', ')} of ${set.join(', ')}`])
  ]
}

/** `web:7`, of its ARN. */
export function shortened(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** `web:7, which web, api run`. */
export function sayRevision({ arn, services }: OtherChanges): string {
  if (services.length === 0) return shortened(arn)
  return `${shortened(arn)}, which ${services.join(', ')} ${services.length === 1 ? 'runs' : 'run'}`
}

/** Sensors of revisions that the definition was not made from; what is put there takes their place. */
function sensorsBefore({ otherChanges = [] }: Partial<Report>) {
  return otherChanges.flatMap(other => (other.sensor?.before === undefined ? [] : [{ other, sensor: other.sensor }]))
}

function touchesSensors({ otherChanges = [] }: Partial<Report>): boolean {
  return otherChanges.some(({ sensor }) => sensor !== undefined)
}

/** There is none in the source; what runs may have one all the same. */
function sayNoSensor(report: Partial<Report>): string {
  const gone = sensorsBefore(report).map(({ other, sensor }) => `${sensor.before?.name} of ${sayRevision(other)}`)
  if (gone.length > 0) return `takes out ${gone.join(', ')}`
  return (report.otherChanges ?? []).length === 0 ? 'no container changes' : 'no sensor to take out'
}

function tagsDiffer({ tagsBefore = [], tags = [] }: Partial<Report>): boolean {
  const spelled = (list: typeof tags) =>
    JSON.stringify(
      withoutMarks(list)
        .map(({ key, value }) => [key, value])
        .sort()
    )
  return spelled(tagsBefore) !== spelled(tags)
}
