/** Seconds since the epoch as ISO text in UTC. By hand: a date of the language could also read the clock, which this room never does. */
export function isoTime(seconds: number): string {
  const day = Math.floor(seconds / 86_400)
  const rest = Math.floor(seconds - day * 86_400)
  const time = [rest / 3600, (rest / 60) % 60, rest % 60].map(part => twoDigits(Math.floor(part)))
  return `${isoDay(day)}T${time.join(':')}Z`
}

/** Years are counted from 1 March here, so that a leap day ends one, in eras of the 400 years after which the calendar repeats. */
function isoDay(sinceEpoch: number): string {
  const sinceMarchOfYear0 = sinceEpoch + 719_468
  const era = Math.floor(sinceMarchOfYear0 / 146_097)
  const dayOfEra = sinceMarchOfYear0 - era * 146_097
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  // The lengths of the months from March on repeat: 153 days in five.
  const month = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * month + 2) / 5) + 1
  const year = yearOfEra + era * 400 + (month < 10 ? 0 : 1)
  return `${String(year).padStart(4, '0')}-${twoDigits(month < 10 ? month + 3 : month - 9)}-${twoDigits(day)}`
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
