// sharp, two ways, as work.py describes: `idiomatic` asks it for every file from the source, all at once;
// `written-well` decodes once and cuts every file out of the pixels. Two threads; its cache of results is off.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [folder, jobPath, way] = process.argv.slice(2);
const sharp = createRequire(`${folder}/package.json`)("sharp");
sharp.cache(false);
const job = JSON.parse(readFileSync(jobPath, "utf8"));
const source = readFileSync(job.source);
const jpeg = { quality: 85, chromaSubsampling: "4:2:0" };

function idiomatic() {
  return Promise.all(
    job.wanted.map(([, [width, height]]) => sharp(source).resize(width, height).jpeg(jpeg).toBuffer()),
  );
}

async function writtenWell() {
  const { data, info } = await sharp(source).raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return Promise.all(
    job.wanted.map(([[left, top, right, bottom], [width, height]]) =>
      sharp(data, { raw })
        .extract({ left, top, width: right - left, height: bottom - top })
        .resize(width, height, { fit: "fill" })
        .jpeg(jpeg)
        .toBuffer(),
    ),
  );
}

function mostHeld() {
  const status = "/proc/self/status";
  if (!existsSync(status)) return process.resourceUsage().maxRSS / 1024;
  return Number(readFileSync(status, "utf8").match(/VmHWM:\s+(\d+)/)[1]) / 1024;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [order, target] = line.trim().split(" ");
  const began = process.hrtime.bigint();
  const before = process.cpuUsage();
  const files = await (way === "idiomatic" ? idiomatic() : writtenWell());
  const used = process.cpuUsage(before);
  const told = {
    wall: Number(process.hrtime.bigint() - began) / 1e9,
    cpu: (used.user + used.system) / 1e6,
    bytes: files.reduce((sum, file) => sum + file.length, 0),
    files: files.length,
    rss: mostHeld(),
  };
  if (order === "keep") files.forEach((file, number) => writeFileSync(`${target}/${number}.jpg`, file));
  console.log(JSON.stringify(told));
}
