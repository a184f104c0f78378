// A picture of the library in the hand: what the rail, the tray and the desktop understand when it is dropped there.
import type { DragEvent } from 'react';

const KIND = 'application/x-studio-asset';

interface Draggable {
  id: string;
  filename?: string;
  mime_type?: string | null;
  file_url?: string;
  url?: string | null;
}

/** Lets an element be dragged as an asset: onto a studio in the rail, into the tray, or out of the browser as a file. */
export function dragAsset(asset: Draggable) {
  return {
    draggable: true,
    onDragStart: ({ dataTransfer }: DragEvent) => {
      dataTransfer.effectAllowed = 'copy';
      dataTransfer.setData(KIND, asset.id);
      const file = new URL(asset.file_url ?? asset.url ?? '', globalThis.location.href).href;
      dataTransfer.setData('text/uri-list', file);
      dataTransfer.setData('DownloadURL', `${asset.mime_type ?? 'image/png'}:${asset.filename ?? `${asset.id}.png`}:${file}`);
    },
  };
}

/** Whether a drag carries an asset. */
export const carriesAsset = ({ dataTransfer }: { dataTransfer: DataTransfer | null }) => dataTransfer?.types.includes(KIND) ?? false;

/** What makes an element a place to drop assets on. */
export function takeAsset(onAsset: (id: string) => void) {
  return {
    onDragOver: (event: DragEvent) => {
      if (!carriesAsset(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDrop: (event: DragEvent) => {
      const id = event.dataTransfer.getData(KIND);
      if (!id) return;
      event.preventDefault();
      onAsset(id);
    },
  };
}
