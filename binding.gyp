{
  "targets": [
    {
      "target_name": "urocket",
      "sources": [
        "native/sys/clone.cc",
        "native/sys/floor.cc",
        "native/sys/pidfd.cc",
        "native/sys/pipe.cc",
        "native/sys/small_file.cc",
        "native/sys/socket.cc",
        "native/sys/subreaper.cc",
        "native/sys/thread.cc",
        "native/core/features.cc",
        "native/core/child.cc",
        "native/core/plan.cc",
        "native/core/cgroup.cc",
        "native/core/launch.cc",
        "native/core/ignored_signals.cc",
        "native/core/low_slots.cc",
        "native/core/starter.cc",
        "native/core/reaper.cc",
        "native/core/capture.cc",
        "native/core/deadline.cc",
        "native/core/inbox.cc",
        "native/core/outbox.cc",
        "native/core/live.cc",
        "native/core/left_cgroups.cc",
        "native/core/reactor.cc",
        "native/core/reactor_starts.cc",
        "native/core/reactor_early.cc",
        "native/core/reactor_streams.cc",
        "native/core/reactor_endings.cc",
        "native/core/supervisor.cc",
        "native/binding/addon.cc",
        "native/binding/decode.cc",
        "native/binding/encode.cc",
        "native/binding/handle.cc",
        "native/binding/identity.cc",
        "native/binding/sockets.cc",
        "native/binding/wake.cc"
      ],
      "include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
      # SWALLOW...: a worker may be terminated amid any call of ours, and then no error can be thrown: not a reason to abort.
      "defines": ["NAPI_VERSION=8", "NAPI_DISABLE_CPP_EXCEPTIONS", "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS", "_GNU_SOURCE"],
      # Where a long has 64 bits it changes nothing but names: `fcntl64`, which musl does not have.
      "defines!": ["_FILE_OFFSET_BITS=64"],
      "cflags_cc": ["-std=c++20", "-O2", "-Wall", "-Wextra", "-fvisibility=hidden", "-Wno-cast-function-type",
                    "-include", "<(module_root_dir)/native/sys/floor.h"],
      "cflags_cc!": ["-std=gnu++17", "-O3"],
      # A thread that was let go of may return to our code when a worker, which had us loaded alone, is gone.
      "ldflags": ["-Wl,-z,nodelete"],
      "conditions": [
        ["OS!='linux'", { "type": "none" }],
        # The other atomics ask glibc, by a name that musl does not have, what the processor can do.
        ["target_arch=='arm64'", { "cflags_cc": ["-mno-outline-atomics"] }]
      ]
    }
  ]
}
