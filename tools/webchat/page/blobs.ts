// The files that the citizen sends, as the browser keeps them: whole until the service has them,
// and then their small picture for as long as the conversation is here. It is the browser's
// database, which all tabs share; where that is forbidden, memory.

export interface Stored {
  file?: Blob; // until it is the service's
  thumb?: Blob; // of a picture
  at: number;
}

const shelf = "files";
const youngFor = 3_600_000; // milliseconds: another tab may be about to say it

export class Blobs {
  private memory = new Map<string, Stored>();
  private database: Promise<IDBDatabase | undefined>;
  private addresses = new Map<string, string>(); // of small pictures, by upload

  // `name`: of the database.
  constructor(name: string) {
    this.database = new Promise((done) => {
      try {
        const asked = indexedDB.open(name, 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore(shelf);
        asked.onsuccess = () => done(asked.result);
        asked.onerror = asked.onblocked = () => done(undefined);
      } catch {
        done(undefined); // a frame without storage, for instance
      }
    });
  }

  // It is kept when this is over.
  async put(upload: string, stored: Stored): Promise<void> {
    this.memory.set(upload, stored);
    const kept = await this.ask("readwrite", (files) => files.put(stored, upload));
    if (kept !== undefined) this.memory.delete(upload);
  }
  async get(upload: string): Promise<Stored | undefined> {
    return this.memory.get(upload) ?? (await this.ask("readonly", (files) => files.get(upload)));
  }
  // The service has it.
  async settle(upload: string): Promise<void> {
    const { thumb, at } = (await this.get(upload)) ?? { thumb: undefined, at: 0 };
    if (thumb) await this.put(upload, { thumb, at });
    else await this.remove(upload);
  }
  async remove(upload: string): Promise<void> {
    this.memory.delete(upload);
    await this.ask("readwrite", (files) => files.delete(upload));
  }
  async forget(): Promise<void> {
    this.memory.clear();
    await this.ask("readwrite", (files) => files.clear());
  }
  // What no entry names any more goes.
  async tidy(named: Set<string>): Promise<void> {
    const all = (await this.ask("readonly", (files) => files.getAllKeys())) ?? [];
    for (const upload of all as string[]) {
      const stored = named.has(upload) ? undefined : await this.get(upload);
      if (stored && stored.at < Date.now() - youngFor) await this.remove(upload);
    }
  }

  // The address of its small picture, for this page alone; nothing: there is none.
  known(upload: string): string | undefined {
    return this.addresses.get(upload);
  }
  async picture(upload: string): Promise<string | undefined> {
    const { thumb } = (await this.get(upload)) ?? {};
    if (thumb && !this.addresses.has(upload))
      this.addresses.set(upload, URL.createObjectURL(thumb));
    return this.addresses.get(upload);
  }

  private async ask<Value>(
    mode: IDBTransactionMode, question: (files: IDBObjectStore) => IDBRequest<Value>,
  ): Promise<Value | undefined> {
    const database = await this.database;
    if (!database) return undefined;
    return new Promise((done) => {
      try {
        const asking = database.transaction(shelf, mode);
        const asked = question(asking.objectStore(shelf));
        asking.oncomplete = () => done(asked.result);
        asking.onerror = asking.onabort = () => done(undefined); // it is full, for instance
      } catch {
        done(undefined);
      }
    });
  }
}
