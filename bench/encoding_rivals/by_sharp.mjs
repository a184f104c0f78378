// sharp with its defaults, one thread: each PNG of a folder as JPEG, JPEG by mozjpeg, WebP and AVIF.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [home, folder] = process.argv.slice(2);
const sharp = createRequire(`${home}/package.json`)("sharp");
sharp.cache(false);
sharp.concurrency(1);
const ways = {
  "sharp.jpg": (picture) => picture.jpeg(),
  "mozjpeg.jpg": (picture) => picture.jpeg({ mozjpeg: true }),
  "sharp.webp": (picture) => picture.webp(),
  "sharp.avif": (picture) => picture.avif(),
};
const spent = {};
for (const name of readdirSync(folder).filter((one) => one.endsWith(".png"))) {
  const { data, info } = await sharp(readFileSync(`${folder}/${name}`)).raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  for (const [way, write] of Object.entries(ways)) {
    const before = process.cpuUsage();
    const file = await write(sharp(data, { raw })).toBuffer();
    const { user, system } = process.cpuUsage(before);
    writeFileSync(`${folder}/${name}.${way}`, file);
    spent[`${name}.${way}`] = (user + system) / 1e6;
  }
}
console.log(JSON.stringify(spent));
