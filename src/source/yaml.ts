// A module of its own, so that a bundler sees by name what is loaded late: the package itself is CommonJS, whose names it cannot see.
export { LineCounter, parseDocument } from 'yaml'
