import type { Place } from './arns.ts'
import { Account } from './state.ts'

export type OptInStatus = 'opt-in-not-required' | 'opted-in' | 'not-opted-in'

export interface ListedRegion {
  name: string
  /** `opt-in-not-required` if not given. */
  optInStatus?: OptInStatus
}

/** So far apart that no Region's identifiers are those of another one. */
const NUMBERS_OF_A_REGION = 1_000_000_000

/** One account in all its Regions, each of which is made when somebody first comes to it. */
export class Regions {
  readonly first: Account
  /** What DescribeRegions lists; if not set, the Regions that somebody came to. */
  listed: readonly (string | ListedRegion)[] | undefined
  private readonly accounts = new Map<string, Account>()
  private readonly settings: ((account: Account) => void)[] = []

  constructor(place: Partial<Place> = {}) {
    this.first = this.add(new Account(place))
  }

  in(region: string): Account {
    const known = this.accounts.get(region)
    if (known !== undefined) return known
    const { accountId, partition } = this.first
    return this.add(new Account({ region, accountId, partition }, this.accounts.size * NUMBERS_OF_A_REGION))
  }

  all(): Account[] {
    return [...this.accounts.values()]
  }

  /** Does something to every Region, to those that are made later too. */
  everywhere(setting: (account: Account) => void): void {
    this.settings.push(setting)
    for (const account of this.all()) setting(account)
  }

  list(): ListedRegion[] {
    const listed = this.listed ?? this.all().map(({ region }) => region)
    return listed.map(region => (typeof region === 'string' ? { name: region } : region))
  }

  /** Not so for one that is listed as one that the account has not opted in to. */
  isEnabled(region: string): boolean {
    return this.list().every(({ name, optInStatus }) => name !== region || optInStatus !== 'not-opted-in')
  }

  private add(account: Account): Account {
    account.regions = () => this.list()
    this.accounts.set(account.region, account)
    for (const setting of this.settings) setting(account)
    return account
  }
}
