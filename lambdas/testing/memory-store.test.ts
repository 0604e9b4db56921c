import { callStoreContract } from './call-store-contract.ts'
import { doorStoreContract } from './door-store-contract.ts'
import { createMemoryStore } from './memory-store.ts'
import { storeContract } from './store-contract.ts'

storeContract('in memory', createMemoryStore)
callStoreContract('in memory', createMemoryStore)
doorStoreContract('in memory', createMemoryStore)
