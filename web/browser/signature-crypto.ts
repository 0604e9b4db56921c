import type { SignatureCrypto } from '../viewer/call/verify-offer.ts'

type Verify = SignatureCrypto['verifyEd25519']

/**
 * Ed25519 as the browser has it (Chrome 137, Firefox 129, Safari 17), else by a library that only those browsers
 * load. Which one is settled at once, so that no call waits for it.
 */
export function signatureCrypto(subtle: SubtleCrypto): SignatureCrypto {
  let verifier: Promise<Verify> | null = null
  const settle = () => {
    const settling = nativeOrLibrary(subtle)
    // Whoever verifies hears of the failure, and whoever does so next has it tried again.
    settling.catch(() => {
      verifier = null
    })
    return settling
  }
  verifier = settle()
  return {
    sha256: async (data) => new Uint8Array(await subtle.digest('SHA-256', data)),
    verifyEd25519: async (key, signature, signed) => {
      verifier ??= settle()
      return (await verifier)(key, signature, signed)
    },
  }
}

async function nativeOrLibrary(subtle: SubtleCrypto): Promise<Verify> {
  if (await isNative(subtle)) return nativeVerify(subtle)
  const { verifyAsync } = await import('@noble/ed25519')
  return (key, signature, signed) => verifyAsync(signature, signed, key, { zip215: false })
}

function nativeVerify(subtle: SubtleCrypto): Verify {
  return async (key, signature, signed) => {
    const imported = await subtle.importKey('raw', key, 'Ed25519', false, ['verify'])
    return subtle.verify('Ed25519', imported, signature, signed)
  }
}

/** The base point, which is on the curve: RFC 8032 section 5.1. */
const SOME_KEY = new Uint8Array(32).fill(0x66)
SOME_KEY[0] = 0x58

async function isNative(subtle: SubtleCrypto): Promise<boolean> {
  try {
    await subtle.importKey('raw', SOME_KEY, 'Ed25519', false, ['verify'])
    return true
  } catch {
    // NotSupportedError (W3C WebCrypto 18.4.4).
    return false
  }
}
