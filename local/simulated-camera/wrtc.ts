import untyped from '@roamhq/wrtc'
import type { Candidate } from './dialect.ts'

// The package's own types are the DOM's, which code for Node does not load: this is what is used of it.
interface Description {
  readonly type: 'offer' | 'answer'
  readonly sdp: string
}

export interface PeerConnection {
  readonly connectionState: string
  onicecandidate: ((event: { readonly candidate: Candidate | null }) => void) | null
  onconnectionstatechange: (() => void) | null
  ontrack: ((event: { readonly track: MediaTrack }) => void) | null
  addTransceiver(
    track: MediaTrack,
    options: { readonly direction: 'sendonly'; readonly streams: readonly MediaStream[] },
  ): unknown
  createOffer(): Promise<Description>
  createAnswer(): Promise<Description>
  setLocalDescription(description: Description): Promise<void>
  setRemoteDescription(description: Description): Promise<void>
  addIceCandidate(candidate: Candidate): Promise<void>
  close(): void
}

export interface MediaTrack {
  readonly id: string
  stop(): void
}

interface MediaStream {
  readonly id: string
}

export interface Frame {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

interface VideoSource {
  createTrack(): MediaTrack
  onFrame(frame: Frame): void
}

interface VideoSink {
  onframe: ((event: { readonly frame: Frame }) => void) | null
  stop(): void
}

interface Wrtc {
  readonly RTCPeerConnection: new () => PeerConnection
  readonly MediaStream: new (init: { readonly id: string }) => MediaStream
  readonly nonstandard: {
    readonly RTCVideoSource: new (init: {
      readonly isScreencast: boolean
      readonly needsDenoising: boolean
    }) => VideoSource
    readonly RTCVideoSink: new (track: MediaTrack) => VideoSink
    i420ToRgba(from: Frame, to: Frame): void
  }
}

export const wrtc = untyped as unknown as Wrtc
