import * as v from 'valibot'
import { Alive } from './alive.ts'
import { Call, IncomingCall } from './call.ts'
import { HostCandidates, ViewerCandidates } from './candidates.ts'
import { Answer, Offer } from './description.ts'
import { ErrorMessage, HostError } from './error.ts'
import { Hangup, ViewerHangup } from './hangup.ts'
import { DeviceHello, ViewerHello } from './hello.ts'
import { Presence } from './presence.ts'
import { Reply } from './reply.ts'
import { DeviceRequest, ViewerRequest } from './request.ts'
import { Resume } from './resume.ts'
import { Status } from './status.ts'
import { Watching } from './watching.ts'
import { DeviceWelcome, Paired, ViewerWelcome } from './welcome.ts'

export const FromViewer = v.variant('type', [
  ViewerHello,
  Call,
  Answer,
  ViewerCandidates,
  Alive,
  Resume,
  ViewerHangup,
  ViewerRequest,
])
export type FromViewer = v.InferOutput<typeof FromViewer>

export const FromDevice = v.variant('type', [
  DeviceHello,
  Offer,
  HostCandidates,
  Alive,
  Hangup,
  Status,
  HostError,
  DeviceRequest,
])
export type FromDevice = v.InferOutput<typeof FromDevice>

export const ToViewer = v.variant('type', [
  ViewerWelcome,
  Offer,
  HostCandidates,
  Alive,
  Hangup,
  Presence,
  Watching,
  Reply,
  ErrorMessage,
])
export type ToViewer = v.InferOutput<typeof ToViewer>

/** A viewer's hangup names its camera besides. */
export const ToDevice = v.variant('type', [
  DeviceWelcome,
  Paired,
  Reply,
  IncomingCall,
  Answer,
  ViewerCandidates,
  Alive,
  Resume,
  Hangup,
  ErrorMessage,
])
export type ToDevice = v.InferOutput<typeof ToDevice>
