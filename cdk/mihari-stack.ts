import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { Deployment } from './deployment-context.ts'
import { managedLoginAddress } from './managed-login-address.ts'
import { People } from './people.ts'
import { configuredSignIn } from './sign-in.ts'
import { SignallingFunction } from './signalling-function.ts'
import { SignallingTable } from './signalling-table.ts'
import { Site } from './site.ts'
import { SocketApi } from './socket-api.ts'

export interface MihariStackProps extends StackProps {
  /** The bundled function: `index.mjs`. */
  readonly functionFolder: string
  /** The built web app: `index.html`, `assets/`. */
  readonly siteFolder: string
  readonly deployment: Deployment
}

export class MihariStack extends Stack {
  constructor(scope: Construct, id: string, props: MihariStackProps) {
    super(scope, id, props)
    const { ownerEmail, issuer, iceServers } = props.deployment
    const { table } = new SignallingTable(this, 'Table')
    const socketApi = new SocketApi(this, 'SocketApi')
    const login = managedLoginAddress(this)
    const site = new Site(this, 'Site', {
      connectOrigins: [socketApi.socketOrigin, ...(issuer?.origins ?? login.origins)],
    })
    const signIn =
      issuer === null
        ? new People(this, 'People', { login, site, ownerEmail }).signIn
        : configuredSignIn(issuer)
    site.publish(props.siteFolder, {
      socket: socketApi.socketUrl,
      signIn: { issuer: signIn.issuer, clientId: signIn.clientId, scope: signIn.scope },
    })
    const { handler } = new SignallingFunction(this, 'Function', {
      codeFolder: props.functionFolder,
      table,
      socketApi,
      webOrigin: site.origin,
      ownerEmail,
      signIn,
      iceServers,
    })
    socketApi.serve(handler)

    new CfnOutput(this, 'SiteUrl', { value: `${site.origin}/` })
    new CfnOutput(this, 'SocketUrl', { value: socketApi.socketUrl })
  }
}
