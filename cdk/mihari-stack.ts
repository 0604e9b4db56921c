import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { IceServer } from '../protocol/ice.ts'
import { SignallingFunction } from './signalling-function.ts'
import { SignallingTable } from './signalling-table.ts'
import { Site } from './site.ts'
import { SocketApi } from './socket-api.ts'

export interface MihariStackProps extends StackProps {
  /** The bundled function: `index.mjs`. */
  readonly functionFolder: string
  /** The built web app: `index.html`, `assets/`. */
  readonly siteFolder: string
  readonly iceServers: readonly IceServer[]
}

export class MihariStack extends Stack {
  constructor(scope: Construct, id: string, props: MihariStackProps) {
    super(scope, id, props)
    const { table } = new SignallingTable(this, 'Table')
    const socketApi = new SocketApi(this, 'SocketApi')
    const site = new Site(this, 'Site', {
      folder: props.siteFolder,
      socketUrl: socketApi.socketUrl,
      socketOrigin: socketApi.socketOrigin,
    })
    const { handler } = new SignallingFunction(this, 'Function', {
      codeFolder: props.functionFolder,
      table,
      socketApi,
      webOrigin: site.origin,
      iceServers: props.iceServers,
    })
    socketApi.serve(handler)

    new CfnOutput(this, 'SiteUrl', { value: `${site.origin}/` })
    new CfnOutput(this, 'SocketUrl', { value: socketApi.socketUrl })
  }
}
