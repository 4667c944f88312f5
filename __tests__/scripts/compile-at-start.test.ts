import { runInNewContext } from 'node:vm'
import { expect, test } from '@jest/globals'
import { compileAtStart } from '../../scripts/compile-at-start.ts'

const CODE = `"use strict";exports.early=a(1);function a(n){return n+b()}const k=()=>c;async function d(){return a.name}function b(){return 2}var c=3;exports.late=d;exports.k=k`

function run(code: string): { early: number; late: () => Promise<string>; k: () => number } {
  const exports = {} as ReturnType<typeof run>
  runInNewContext(code, { exports })
  return exports
}

const begins = (...texts: string[]) => new Set(texts.map(text => CODE.indexOf(text)))

test('functions that are called stand in parentheses before all else, behind the directive', () => {
  expect(compileAtStart(CODE, begins('function a', 'async function d'))).toBe(
    `"use strict";var a=(function (n){return n+b()}),d=(async function (){return a.name});exports.early=a(1);const k=()=>c;function b(){return 2}var c=3;exports.late=d;exports.k=k`
  )
})

test.each([
  ['all', begins('function a', 'async function d', 'function b', '()=>c')],
  ['one', begins('function a')],
  ['none', begins()]
])('what the script does stays the same (%s)', async (_name, called) => {
  const { early, late, k } = run(compileAtStart(CODE, called))
  expect([early, await late(), k()]).toEqual([3, 'a', 3])
})

test('without one that is called the script stays as it is', () => {
  expect(compileAtStart(CODE, begins())).toBe(CODE)
})
