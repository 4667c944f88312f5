import { describe, test } from '@jest/globals'
import { keeps, lines, type Row, remove } from './table.ts'

describe('what is removed leaves everything else as it is:', () => {
  const three = [
    '    {"name": "one"}, // 1',
    '    // above',
    '    {"name": "two"}, // 2',
    '    {"name": "three"} // 3',
    '    // below'
  ]
  test.each<Row>([
    ['the first', remove('one'), lines(...three), lines(...three.slice(1))],
    ['the middle', remove('two'), lines(...three), lines(...three.filter((_, index) => index !== 2))],
    [
      'the last, and the comma before it',
      remove('three'),
      lines(...three),
      lines('    {"name": "one"}, // 1', '    // above', '    {"name": "two"} // 2', '    // below')
    ],
    [
      'the last two',
      remove('two', 'three'),
      lines(...three),
      lines('    {"name": "one"} // 1', '    // above', '    // below')
    ],
    [
      'the first of one line',
      remove('one'),
      '{"containerDefinitions": [ {"name":"one"}, {"name":"two"} ]}',
      '{"containerDefinitions": [ {"name":"two"} ]}'
    ],
    [
      'the last of one line',
      remove('two'),
      '{"containerDefinitions": [ {"name":"one"}, {"name":"two"} ]}',
      '{"containerDefinitions": [ {"name":"one"} ]}'
    ],
    [
      'one behind a comment, with the bracket behind it',
      remove('two'),
      '{"containerDefinitions": [\n  {"name":"one"}, // 1\n  {"name":"two"} ]}',
      '{"containerDefinitions": [\n  {"name":"one"} // 1\n  ]}'
    ],
    [
      'one whose comma begins its line',
      remove('two'),
      '{"containerDefinitions":\n  [ {"name":"one"} // 1\n  , {"name":"two"}\n  ]}',
      '{"containerDefinitions":\n  [ {"name":"one"} // 1\n  ]}'
    ],
    [
      'two with a new one in their place',
      before => ({ ...before, containerDefinitions: [{ name: 'four' }, { name: 'three' }] }),
      lines(...three),
      lines('    {"name": "four"},', '    // above', '    {"name": "three"} // 3', '    // below')
    ]
  ])('%s', async (...row) => keeps(row, 'task.json'))
})
