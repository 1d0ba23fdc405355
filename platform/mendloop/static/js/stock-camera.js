// The camera of a phone, or of a desk, reads codes into the field that a scanner types into. Its reader is fetched when the
// camera is opened; where there is no camera, the button stays away.

const field = document.querySelector("form[data-sheet] input[name=scan]");
const button = document.querySelector("[data-camera]");
const dialog = document.querySelector("dialog[data-camera-view]");
const video = dialog?.querySelector("video");
const said = dialog?.querySelector("[role=status]");

const PAUSE_MS = 150;
// A label that stays before the camera is one scan; taken away and shown again it is another one.
const AWAY_MS = 1_200;

let stream;

if (field && button && (await hasCamera())) button.hidden = false;

button?.addEventListener("click", () => void open());
dialog?.querySelector("[data-camera-close]").addEventListener("click", () => void dialog.close());
dialog?.addEventListener("close", () => {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = undefined;
});
// A page that is left leaves the camera alone.
window.addEventListener("pagehide", () => void dialog?.close());

async function hasCamera() {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return devices.some(({ kind }) => kind === "videoinput");
}

async function open() {
  said.textContent = "";
  dialog.showModal();
  try {
    const wanted = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } };
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: wanted });
    if (!dialog.open) return dialog.dispatchEvent(new Event("close"));
    video.srcObject = stream;
    await video.play();
    await look(await reader());
  } catch {
    said.textContent = dialog.dataset.failed;
  }
}

// The browser's own reader where it can read our labels, else the one that the engineer's app brings.
async function reader() {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.()) ?? [];
  if (formats.includes("qr_code") && formats.includes("code_128")) {
    const detector = new BarcodeDetector();
    return async () => (await detector.detect(video)).map(({ rawValue }) => rawValue);
  }
  const { zxingScanner } = await import(button.dataset.reader);
  const scan = zxingScanner();
  return async () => (await scan(video)).map(({ code }) => code);
}

async function look(read) {
  const seen = new Map();
  while (dialog.open) {
    for (const code of video.videoWidth > 0 ? await read() : []) {
      const now = performance.now();
      if (!(now - seen.get(code) < AWAY_MS)) tell(code);
      seen.set(code, now);
    }
    await new Promise((resolve) => void setTimeout(resolve, PAUSE_MS));
  }
}

// As if a scanner had typed it.
function tell(code) {
  if (!dialog.open) return;
  field.value = code;
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  said.textContent = code;
  navigator.vibrate?.(60);
}
