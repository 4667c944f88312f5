import { type Container, type Definition, stringsOf, textOf } from '../task-definition/definition.ts'
import { repositoryOf, sameImage } from './image.ts'

/** The containers that are a sensor, whoever put them there and under whatever name. */
export function findSensors(definition: Definition, image: string): Container[] {
  return definition.containerDefinitions.filter(container => isSensor(container, image))
}

/**
 * A container is a sensor if its image's repository ends in `pcap-sensor` or equals that of `image`, or if its entry point
 * or command holds `apidump` after a program named `init`.
 */
export function isSensor(container: Container, image: string): boolean {
  const own = textOf(container.image)
  if (own !== undefined) {
    const repository = repositoryOf(own)
    if (repository.endsWith('pcap-sensor') || sameImage(repository, repositoryOf(image))) return true
  }
  const words = [...stringsOf(container.entryPoint), ...stringsOf(container.command)].flatMap(word => word.split(/\s+/))
  return words.some((word, index) => word === 'apidump' && words.slice(0, index).some(isInit))
}

function isInit(word: string): boolean {
  return word === 'init' || word.endsWith('/init')
}
