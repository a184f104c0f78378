/** Hands a file of an address to the person, under a name. */
export function saveFrom(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

/** Hands a file that was made or fetched here to the person, under a name. */
export function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  saveFrom(address, name);
  // The browser has taken it by the next turn of its clock; older ones need longer.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
