import type { PictureControls } from './picture-view.tsx'

/** What the picture showed last. It is seen while the picture is being called again. */
export function LastFrame({ view }: { view: PictureControls }) {
  return <canvas ref={view.still} class="last-frame" />
}

/** A video that has shown nothing leaves what was there before. */
export function drawStill(canvas: HTMLCanvasElement | null, video: HTMLVideoElement | null): void {
  if (canvas === null || video === null || video.videoWidth === 0) return
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
}
