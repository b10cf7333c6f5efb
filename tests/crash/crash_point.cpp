// Loaded before a program's libraries (LD_PRELOAD): its calls come here first. A call that changes
// a file or sends is counted, and is where the program may end: before it is made, so that the one
// before it was the last. Clocks are read with the test's shift; waits that are said in such a time
// are turned back into the machine's.
#include "tests/crash/crash_point.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <ctime>

namespace {

using alur::tests::CrashPoint;
using Call = CrashPoint::Call;

constexpr std::int64_t second_ns = 1'000'000'000;
constexpr int look_ms = 5;

CrashPoint* page = nullptr;
std::array<std::atomic<int>, 64> timers{};  // descriptors
std::atomic<std::size_t> timer_count{0};

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

void count(Call call) {
  if (!page) return;
  const std::uint64_t number = ++page->calls;
  if (number != page->end_at) return;
  page->ended_at = call;
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

bool moves(clockid_t clock) {
  return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME;
}

timespec shifted(const timespec& time, std::int64_t by_ns) {
  const std::int64_t ns = time.tv_sec * second_ns + time.tv_nsec + by_ns;
  return {ns / second_ns, ns % second_ns};
}

std::int64_t shift_ns() {
  return page ? page->shift_ns.load() : 0;
}

// Timers were set to go off in so long; when the clock is moved, they are looked at at once.
void* watch_clock(void*) {
  for (std::int64_t seen = shift_ns();;) {
    poll(nullptr, 0, look_ms);
    const std::int64_t now = shift_ns();
    if (now == seen) continue;
    seen = now;
    const itimerspec at_once{{0, 0}, {0, 1}};
    for (std::size_t i = 0; i < timer_count; ++i) timerfd_settime(timers[i], 0, &at_once, nullptr);
  }
  return nullptr;
}

__attribute__((constructor)) void begin() {
  const char* path = getenv(alur::tests::crash_point_variable);
  const int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (file < 0) return;
  void* mapped = mmap(nullptr, sizeof(CrashPoint), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (mapped == MAP_FAILED) return;
  page = static_cast<CrashPoint*>(mapped);
  // The program's signals are none of the watcher's.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t watcher{};
  pthread_create(&watcher, nullptr, watch_clock, nullptr);
  pthread_detach(watcher);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace

extern "C" {

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  static auto* const call = next<decltype(pwrite64)>("pwrite64");
  count(Call::write);
  return call(file, bytes, size, at);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  static auto* const call = next<decltype(pwrite)>("pwrite");
  count(Call::write);
  return call(file, bytes, size, at);
}

int ftruncate64(int file, off64_t size) noexcept {
  static auto* const call = next<decltype(ftruncate64)>("ftruncate64");
  count(Call::truncate);
  return call(file, size);
}

int ftruncate(int file, off_t size) noexcept {
  static auto* const call = next<decltype(ftruncate)>("ftruncate");
  count(Call::truncate);
  return call(file, size);
}

int fdatasync(int file) {
  static auto* const call = next<decltype(fdatasync)>("fdatasync");
  count(Call::sync);
  return call(file);
}

int fsync(int file) {
  static auto* const call = next<decltype(fsync)>("fsync");
  count(Call::sync);
  return call(file);
}

ssize_t send(int socket, const void* bytes, size_t size, int flags) {
  static auto* const call = next<decltype(send)>("send");
  count(Call::send);
  return call(socket, bytes, size, flags);
}

ssize_t sendmsg(int socket, const msghdr* message, int flags) {
  static auto* const call = next<decltype(sendmsg)>("sendmsg");
  count(Call::send);
  return call(socket, message, flags);
}

int timerfd_create(clockid_t clock, int flags) noexcept {
  static auto* const call = next<decltype(timerfd_create)>("timerfd_create");
  const int timer = call(clock, flags);
  const std::size_t at = timer_count;
  if (timer >= 0 && at < timers.size()) {
    timers[at] = timer;
    timer_count = at + 1;
  }
  return timer;
}

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  static auto* const call = next<decltype(clock_gettime)>("clock_gettime");
  const int done = call(clock, time);
  if (done == 0 && moves(clock)) {
    *time = shifted(*time, shift_ns());
  }
  return done;
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                           const timespec* until) {
  static auto* const call = next<decltype(pthread_cond_timedwait)>("pthread_cond_timedwait");
  const timespec real = shifted(*until, -shift_ns());
  return call(condition, mutex, &real);
}

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                           const timespec* until) {
  static auto* const call = next<decltype(pthread_cond_clockwait)>("pthread_cond_clockwait");
  const timespec real = shifted(*until, -shift_ns());
  return call(condition, mutex, clock, &real);
}

}  // extern "C"
