import { describe } from '@jest/globals'
import { testLaws } from './laws.ts'
import { jsonStyles, printJson } from './print-json.ts'

describe('JSON in any style', () => {
  testLaws(
    jsonStyles.map(style => ({
      path: 'task.json',
      print: value => printJson(value, style),
      hasLines: !style.oneLine && !style.hugs,
      hasComments: style.comments > 0,
      style
    }))
  )
})
