// What a citizen chose to send, made ready: its type is told by its content, as the service tells
// it, and a large photo is made smaller, so that it goes over a slow network.

// What the service takes, as the page's head says it: types, and how large.
export interface Taken {
  types: string[];
  image: number; // bytes
  document: number;
}
export function readTaken(text: string): Taken {
  const [types = "", image = "0", document = "0"] = text.split(" ");
  return {
    types: types.split(",").filter(Boolean),
    image: Number(image),
    document: Number(document),
  };
}

export interface Chosen {
  file: Blob;
  name: string;
  type: string;
  thumb?: Blob;
  width?: number;
  height?: number;
}
export type Unfit = "too_large" | "not_taken";

const longestSide = 2048; // pixels; what is written on a letter can be read
const smallerSide = 1280;
const thumbSide = 480;
const smallEnough = 1 << 20; // bytes: sent as it is

const signatures: [string, number, string][] = [
  ["image/jpeg", 0, "\xff\xd8\xff"],
  ["image/png", 0, "\x89PNG\r\n\x1a\n"],
  ["image/webp", 8, "WEBP"],
  ["image/gif", 0, "GIF8"],
  ["image/heic", 4, "ftyp"],
  ["application/pdf", 0, "%PDF-"],
];

async function typeOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const begin = String.fromCharCode(...bytes);
  return signatures.find(([, at, mark]) => begin.startsWith(mark, at))?.[0] ?? "";
}

function drawn(picture: ImageBitmap, side: number, type: string): Promise<Blob | undefined> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.resolve(undefined);
  pen.fillStyle = "#fff"; // a JPEG has no glass in it
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob((blob) => done(blob ?? undefined), type, 0.85));
}

async function smaller(
  file: Blob,
  type: string,
  picture: ImageBitmap,
  taken: Taken,
): Promise<Blob | undefined> {
  const fits = (blob: Blob) => blob.size <= taken.image;
  if (taken.types.includes(type) && file.size <= smallEnough && fits(file)) return file;
  const made = taken.types.includes("image/jpeg")
    ? "image/jpeg"
    : taken.types.find((one) => one.startsWith("image/"));
  if (!made) return undefined;
  for (const side of [longestSide, smallerSide]) {
    const blob = await drawn(picture, side, made);
    if (!blob || !fits(blob)) continue;
    return taken.types.includes(type) && fits(file) && file.size <= blob.size ? file : blob;
  }
  return undefined;
}

function named(name: string, before: string, after: string): string {
  if (before === after) return name;
  return name.replace(/\.\w{1,5}$/, "") + (after === "image/jpeg" ? ".jpg" : "." + after.slice(6));
}

export async function prepare(file: File, taken: Taken): Promise<Chosen | Unfit> {
  const type = await typeOf(file);
  if (type === "application/pdf") {
    if (!taken.types.includes(type)) return "not_taken";
    return file.size > taken.document ? "too_large" : { file, name: file.name, type };
  }
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) {
    // A browser that cannot show it may still send it.
    if (!taken.types.includes(type)) return "not_taken";
    return file.size > taken.image ? "too_large" : { file, name: file.name, type };
  }
  const sent = await smaller(file, type, picture, taken);
  if (!sent) return taken.types.some((one) => one.startsWith("image/")) ? "too_large" : "not_taken";
  const thumb = await drawn(picture, thumbSide, "image/jpeg");
  const { width, height } = picture;
  picture.close();
  const sentAs = sent === file ? type : sent.type;
  return {
    file: sent, name: named(file.name, type, sentAs), type: sentAs, width, height,
    ...(thumb && { thumb }),
  };
}
