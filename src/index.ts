import { readEnvironment } from './host/environment.ts'
import { githubHost, readInputs } from './host/github.ts'
import { main } from './main.ts'
import { OPTIONS } from './options/table.ts'

const { env } = process

void main({
  ...readInputs(env, Object.keys(OPTIONS)),
  environment: readEnvironment(env),
  host: githubHost(env),
  proxy: env
})
