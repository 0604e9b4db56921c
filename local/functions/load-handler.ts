import { existsSync, realpathSync } from 'node:fs'
import { isBuiltin, registerHooks } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

export type Handler = (event: unknown, context: unknown) => unknown

class HandlerError extends Error {
  override readonly name:
    | 'Runtime.ImportModuleError'
    | 'Runtime.HandlerNotFound'
    | 'Runtime.CallbackHandlerDeprecated'
  constructor(name: HandlerError['name'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = name
  }
}

/** Loads `file.export` out of a code folder as Lambda's Node.js 24 runtime does. */
export async function loadHandler(codeFolder: string, handler: string): Promise<Handler> {
  const folder = realpathSync(codeFolder)
  const [file = '', ...exportPath] = basename(handler).split('.')
  const path = ['.js', '.mjs', '.cjs']
    .map((extension) => join(folder, dirname(handler), file + extension))
    .find((candidate) => existsSync(candidate))
  if (path === undefined) {
    throw new HandlerError('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`)
  }
  isolateModules(folder)
  const found = exportPath.reduce(property, await importModule(path))
  if (typeof found !== 'function') {
    throw new HandlerError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`)
  }
  // The Node.js 24 runtime took callbacks away.
  if (found.length > 2) {
    throw new HandlerError('Runtime.CallbackHandlerDeprecated', 'Callback-based handlers are not supported')
  }
  return found as Handler
}

async function importModule(path: string): Promise<unknown> {
  try {
    const loaded = await import(pathToFileURL(path).href)
    return path.endsWith('.mjs') ? loaded : (loaded.default ?? loaded)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause
    throw new HandlerError('Runtime.ImportModuleError', `Error: ${(cause as Error).message}`, { cause })
  }
}

function property(value: unknown, name: string): unknown {
  return value === null || value === undefined ? undefined : (value as Record<string, unknown>)[name]
}

/**
 * On Lambda a function finds its own folder, Node.js and the AWS SDK, nothing else, and no package.json above its
 * folder decides what its `.js` files are. Here the folder may lie inside a project with both.
 */
function isolateModules(folder: string) {
  const root = `${pathToFileURL(folder).href}/`
  const plainScripts = !existsSync(join(folder, 'package.json'))
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context)
      if (!context.parentURL?.startsWith(root) || resolved.url.startsWith(root)) return resolved
      if (isBuiltin(resolved.url) || /^@(aws-sdk|smithy)\//.test(specifier)) return resolved
      throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: 'ERR_MODULE_NOT_FOUND' })
    },
    load(url, context, next) {
      const isPlain = plainScripts && url.startsWith(root) && url.endsWith('.js')
      return next(url, isPlain ? { ...context, format: 'commonjs' } : context)
    },
  })
}
