declare global {
  /** What the bare page leaves for whoever measures it. */
  interface Window {
    /** From the click to the first `requestVideoFrameCallback`, in milliseconds. */
    firstFrameMs?: number
    /** What the camera said in `message` frames. */
    messages: string[]
  }
}

/**
 * A page as it would be written for a real UV4L, after the vendor's samples: nothing but WebSocket and
 * RTCPeerConnection. A click on its button opens the socket; a second button hangs up.
 */
export function bareUv4lPage(cameraUrl: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<title>UV4L</title>
<button id="play">play</button>
<button id="hangup">hang up</button>
<video autoplay muted playsinline width="640" height="480"></video>
<script>
const address = ${JSON.stringify(cameraUrl)}
const video = document.querySelector('video')
window.messages = []
let ws
let pc

document.getElementById('play').onclick = () => {
  const clicked = performance.now()
  video.requestVideoFrameCallback(() => { window.firstFrameMs = performance.now() - clicked })
  start()
}
document.getElementById('hangup').onclick = stop

function start() {
  let remoteDescriptionSet = false
  let early = []
  ws = new WebSocket(address)
  ws.onopen = () => {
    pc = new RTCPeerConnection()
    pc.onicecandidate = (event) => {
      if (!event.candidate) return
      const { sdpMLineIndex, sdpMid, candidate } = event.candidate
      send({ what: 'addIceCandidate', data: JSON.stringify({ sdpMLineIndex, sdpMid, candidate }) })
    }
    pc.ontrack = (event) => { video.srcObject = event.streams[0] }
    send({ what: 'call', options: { force_hw_vcodec: false, vformat: 30, trickle_ice: true } })
  }
  ws.onmessage = async (event) => {
    const { what, data } = JSON.parse(event.data)
    switch (what) {
      case 'offer':
        await pc.setRemoteDescription(new RTCSessionDescription(JSON.parse(data)))
        remoteDescriptionSet = true
        early.forEach(add)
        early = []
        await pc.setLocalDescription(await pc.createAnswer())
        send({ what: 'answer', data: JSON.stringify(pc.localDescription) })
        break
      case 'iceCandidate':
        if (data !== '') take(JSON.parse(data))
        break
      case 'iceCandidates':
        JSON.parse(data).forEach(take)
        break
      case 'message':
        window.messages.push(data)
        break
    }
  }
  const add = (candidate) => pc.addIceCandidate(new RTCIceCandidate(candidate))
  const take = (candidate) => { if (remoteDescriptionSet) add(candidate); else early.push(candidate) }
}

function send(frame) {
  ws.send(JSON.stringify(frame))
}

function stop() {
  if (ws && ws.readyState === WebSocket.OPEN) send({ what: 'hangup' })
  if (pc) pc.close()
  pc = undefined
  video.srcObject = null
}
</script>
`
}
