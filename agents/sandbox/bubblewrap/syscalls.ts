/**
 * Numbers of the system calls that are refused inside, by architecture. From the kernel's tables
 * `arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h`.
 */
export type Architecture = 'x64' | 'arm64'

/** `AUDIT_ARCH_*` of linux/audit.h. */
export const auditArchitecture: Readonly<Record<Architecture, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 }

/** Calls that are looked at more closely than by their number. */
export const examined: Readonly<
  Record<Architecture, Readonly<Record<'clone' | 'clone3' | 'ioctl' | 'socket' | 'socketpair', number>>>
> = {
  x64: { clone: 56, clone3: 435, ioctl: 16, socket: 41, socketpair: 53 },
  arm64: { clone: 220, clone3: 435, ioctl: 29, socket: 198, socketpair: 199 },
}

/** name: [x86_64, aarch64]; null where the architecture never had it. */
const table: Readonly<Record<string, readonly [number | null, number | null]>> = {
  // File systems and namespaces
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  unshare: [272, 97],
  setns: [308, 268],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  statmount: [457, 457],
  listmount: [458, 458],
  open_tree_attr: [467, 467],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  fanotify_init: [300, 262],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  swapon: [167, 224],
  swapoff: [168, 225],
  sysfs: [139, null],
  ustat: [136, null],
  // Other processes
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: [440, 440],
  pidfd_getfd: [438, 438],
  kcmp: [312, 272],
  move_pages: [279, 239],
  migrate_pages: [256, 238],
  // Parts of the kernel that are large and that nobody here needs
  bpf: [321, 280],
  perf_event_open: [298, 241],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  userfaultfd: [323, 282],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  lookup_dcookie: [212, 18],
  vmsplice: [278, 75],
  memfd_secret: [447, 447],
  // The machine
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  create_module: [174, null],
  get_kernel_syms: [177, null],
  query_module: [178, null],
  uselib: [134, null],
  reboot: [169, 142],
  sethostname: [170, 161],
  setdomainname: [171, 162],
  syslog: [103, 116],
  acct: [163, 89],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  adjtimex: [159, 171],
  clock_adjtime: [305, 266],
  vhangup: [153, 58],
  nfsservctl: [180, 42],
  iopl: [172, null],
  ioperm: [173, null],
  modify_ldt: [154, null],
}

/** The refused calls of an architecture, by name. */
export function refusedCalls(architecture: Architecture): ReadonlyMap<string, number> {
  const column = architecture === 'x64' ? 0 : 1
  return new Map(
    Object.entries(table).flatMap(([name, numbers]) => {
      const number = numbers[column] ?? null
      return number === null ? [] : [[name, number] as const]
    }),
  )
}

/** The architecture of this machine. Throws an Error for one whose numbers are not in these tables. */
export function thisArchitecture(): Architecture {
  if (process.arch === 'x64' || process.arch === 'arm64') return process.arch
  throw new Error(`the system calls of ${process.arch} are not known`)
}
