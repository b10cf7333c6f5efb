// One file on its way to the service, before the message that refers to it. It is sent under the
// same name until it is answered: the service keeps it once.

export type Brought = "kept" | "later" | "cancelled" | UploadFault;
export type UploadFault = "too_large" | "not_taken" | "too_many" | "no_room" | "refused";

const silentFor = 20_000; // milliseconds; then the network is taken for gone

const faults: Record<number, UploadFault> = {
  413: "too_large",
  415: "not_taken",
  429: "too_many",
  507: "no_room",
};

export class Upload {
  private request = new XMLHttpRequest();
  private silence = 0;
  private cancelled = false;

  // `progress`: how much of it has gone, from 0 to 1.
  send(
    upload: string,
    file: Blob,
    token: string,
    progress: (part: number) => void,
  ): Promise<Brought> {
    const { request } = this;
    return new Promise((done) => {
      const over = (outcome: Brought) => {
        clearTimeout(this.silence);
        done(this.cancelled ? "cancelled" : outcome);
      };
      request.open("POST", "/uploads/" + upload);
      request.setRequestHeader("Authorization", "Bearer " + token);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.onprogress = (event) => {
        this.listen();
        progress(event.total ? event.loaded / event.total : 0);
      };
      request.onload = () => over(outcomeOf(request.status));
      request.onerror = request.onabort = request.ontimeout = () => over("later");
      request.send(file);
      this.listen();
    });
  }
  cancel(): void {
    this.cancelled = true;
    this.request.abort();
  }

  private listen(): void {
    clearTimeout(this.silence);
    this.silence = window.setTimeout(() => this.request.abort(), silentFor);
  }
}

// A token that is none is renewed with the next hello; a service that has too much to do has less
// soon.
function outcomeOf(status: number): Brought {
  if (status === 200) return "kept";
  if (status === 401 || (status >= 500 && status !== 507)) return "later";
  return faults[status] ?? "refused";
}
