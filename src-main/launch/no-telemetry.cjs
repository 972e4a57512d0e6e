'use strict';
// From version 1.29 on, ONNX Runtime sends events about its sessions to its maker, and keeps a number of
// the device in the cache folder. It reads this once, when the first session of a process is made; threads
// see only what their process had before. On Windows it leaves its events to the system, by whose settings
// it is asked.
process.env.ORT_DISABLE_TELEMETRY = '1';
