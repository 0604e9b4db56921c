import type { Browser } from 'playwright-core'

/** A camera in a page of its own: it offers a picture that moves, and sound if asked to. */
export async function openCanvasCamera(browser: Browser, options: { sound?: boolean } = {}) {
  const page = await browser.newPage()
  await page.evaluate(startCamera, options.sound ?? false)
  return {
    page,
    /** With all its candidates inside. */
    offer: () => page.evaluate(offer),
    answer: (sdp: string) => page.evaluate(takeAnswer, sdp),
    hangUp: () => page.evaluate(() => window.camera.close()),
    close: () => page.close(),
  }
}

declare global {
  interface Window {
    camera: RTCPeerConnection
  }
}

function startCamera(sound: boolean): void {
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 480
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  const draw = (now: number) => {
    const sky = context.createLinearGradient(0, 0, 0, 480)
    sky.addColorStop(0, '#31506b')
    sky.addColorStop(0.6, '#d58f5a')
    sky.addColorStop(0.61, '#26331f')
    sky.addColorStop(1, '#121a10')
    context.fillStyle = sky
    context.fillRect(0, 0, 640, 480)
    context.fillStyle = '#ffe3a8'
    context.beginPath()
    context.arc(320 + 200 * Math.sin(now / 900), 200 + 60 * Math.cos(now / 900), 40, 0, 7)
    context.fill()
    requestAnimationFrame(draw)
  }
  requestAnimationFrame(draw)
  const stream = canvas.captureStream(30)
  if (sound) {
    const audio = new AudioContext()
    for (const track of audio.createMediaStreamDestination().stream.getTracks()) stream.addTrack(track)
  }
  window.camera = new RTCPeerConnection()
  for (const track of stream.getTracks()) window.camera.addTrack(track, stream)
}

async function offer(): Promise<string> {
  const gathered = new Promise<void>((resolve) => {
    window.camera.addEventListener('icegatheringstatechange', () => {
      if (window.camera.iceGatheringState === 'complete') resolve()
    })
  })
  await window.camera.setLocalDescription()
  await gathered
  return window.camera.localDescription?.sdp ?? ''
}

async function takeAnswer(sdp: string): Promise<void> {
  await window.camera.setRemoteDescription({ type: 'answer', sdp })
}
