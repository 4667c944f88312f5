import { describe, expect, test } from '@jest/globals'
import { runnerLog } from '../../src/host/runner-log.ts'

/** What the runner obeys: a line that begins with a command, and `##[` anywhere (actions/runner, ActionCommand). */
function commandsIn(log: string): string[] {
  return log.split(/\r\n|\r|\n/).filter(line => line.trimStart().startsWith('::') || line.includes('##['))
}

function written(act: (log: ReturnType<typeof runnerLog>) => void): string {
  const lines: string[] = []
  act(runnerLog(true, text => void lines.push(text)))
  return lines.join('')
}

describe('a text of others has no command', () => {
  test.each([
    '::set-output name=a::b',
    'text\n::stop-commands::x',
    'text\r\n  ::add-mask::x',
    'text\r\t::add-mask::x',
    '\u00a0\u0085\u3000::add-mask::x',
    ':::add-mask::x',
    '::',
    'text ##[set-output name=a;]b',
    '##[a]##[b]',
    '###[set-output name=a;]b',
    '  ::x ##[y]'
  ])('%j', text => {
    expect(commandsIn(written(log => log.info(text)))).toEqual([])
    expect(written(log => log.startGroup(text)).split('\n')).toHaveLength(2)
    expect(written(log => log.startGroup(text))).toMatch(/^::group::(?!.*##\[)/)
  })
})

test('it reads the same', () => {
  const text = 'a::b [::c] # [x] ::d'
  expect(written(log => log.info(text))).toBe(`${text}\n`)
  expect(written(log => log.info(' ::a ##[b]\r\nc')).replaceAll('\u200b', '')).toBe(' ::a ##[b]\nc\n')
})

test('our own commands are obeyed', () => {
  const log = written(each => {
    each.mask('s')
    each.warning('a\n::b', { file: 'f,g:h', line: 2 })
    each.error('e')
    each.startGroup('t')
    each.endGroup()
    each.debug?.('d')
  })
  expect(log).toBe(
    '::add-mask::s\n::warning title=Levo PCAP sensor,file=f%2Cg%3Ah,line=2::a%0A::b\n::error::e\n::group::t\n::endgroup::\n::debug::d\n'
  )
  expect(commandsIn(log)).toHaveLength(6)
})
