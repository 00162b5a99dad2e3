import { partTag } from '../terms/tags.ts'
import { check, type DeployedCheck, type Lack } from './check.ts'
import type { PartFacts } from './facts.ts'
import { lastName, type Resource } from './resource.ts'

/** What azd puts on the group of its environment: docs/decisions/0128-azd-finds-one-group.md. */
const environmentTag = 'azd-env-name'

interface GroupPart {
  readonly part: string
  readonly isAzds: boolean
  /** Values that our tag has on something in it, where they are others. */
  readonly beside?: readonly string[]
}

interface Wanted {
  /** Of each group: the value of our tag, and whether azd looks for it. */
  readonly parts: Readonly<Record<string, GroupPart>>
  readonly cure: string
}

/** Groups are there with their tags, and nothing in them is another deployment's. */
export const tagChecks = <Facts extends PartFacts>(
  wanted: (name: string) => Wanted
): readonly DeployedCheck<Facts>[] => [
  check<Facts, 'groups'>('groups', ['groups'], ({ groups }, { namePrefix }) =>
    groups.flatMap(({ name, group }) =>
      group ? [] : [{ on: name, observed: 'there is no such group', cure: wanted(namePrefix).cure }]
    )
  ),
  check<Facts, 'groups'>('group-tags', ['groups'], ({ groups }, { namePrefix }) =>
    groups.flatMap(({ name, group }) => (group ? tagsLacking(name, group, wanted(namePrefix)) : []))
  ),
  check<Facts, 'groups' | 'resources'>(
    'another-deployment',
    ['groups', 'resources'],
    ({ groups, resources }, { namePrefix }) => resources.flatMap((each) => foreign(each, groups, wanted(namePrefix)))
  )
]

function tagsLacking(name: string, { tags }: Resource, { parts, cure }: Wanted): Lack[] {
  const { part = '', isAzds = false } = parts[name] ?? {}
  const lacks: Lack[] = []
  if (tags[partTag] !== part)
    lacks.push({ on: name, observed: `its tag ${partTag} is ${shown(tags[partTag])}, not "${part}"`, cure })
  if (isAzds && !tags[environmentTag])
    lacks.push({ on: name, observed: `it has no tag ${environmentTag}, by which azd finds the app`, cure })
  if (!isAzds && tags[environmentTag] !== undefined)
    lacks.push({
      on: name,
      observed: `it has a tag ${environmentTag} too: azd finds two groups and stops`,
      cure: `az tag update --operation Delete --resource-id GROUP_ID --tags ${environmentTag}=${tags[environmentTag]}`
    })
  return lacks
}

/** Only what says so itself: much that Azure makes beside ours has no tags at all. */
function foreign(resource: Resource, groups: PartFacts['groups'], { parts }: Wanted): Lack[] {
  const home = groups.find(({ name }) => new RegExp(`/resourceGroups/${name}/`, 'i').test(resource.id))
  const environment = home?.group?.tags[environmentTag]
  const { part = '', beside = [], isAzds = false } = parts[home?.name ?? ''] ?? {}
  const ours: Readonly<Record<string, readonly (string | undefined)[]>> = {
    [partTag]: [part, ...beside],
    // Which environment is ours, its group says; where that says none, `group-tags` does.
    [environmentTag]: isAzds && environment === undefined ? [resource.tags[environmentTag]] : [environment]
  }
  const tag = Object.keys(ours).find(
    (each) => resource.tags[each] !== undefined && !ours[each]?.includes(resource.tags[each])
  )
  if (tag === undefined) return []
  return [
    {
      on: lastName(resource),
      observed: `its tag ${tag} is ${shown(resource.tags[tag])}: it is another deployment’s, or another part’s`,
      cure: 'Move it into a group of its own, or correct the tag: who uninstalls one deployment would take what is the other’s'
    }
  ]
}

const shown = (value: string | undefined): string => (value === undefined ? 'missing' : `"${value}"`)
