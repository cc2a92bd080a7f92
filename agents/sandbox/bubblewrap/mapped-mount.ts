/**
 * Shows a directory of the host inside as if it belonged to the sandbox's user. That user is nobody on the host, so without
 * this a repository whose files only its owner may read (a home of mode 0700, a umask of 077) could not be examined.
 * Nothing on the disk changes: the owner is translated in the mount (an ID-mapped mount, Linux 5.12; not on overlayfs).
 *
 * util-linux can do it from 2.39 on, which Debian 12 does not have; perl is on every Debian and can make any system call.
 */
import { refusedCalls, thisArchitecture } from './syscalls.ts'

/**
 * For perl, with arguments: number of unshare(2), source, target, owner and group on the disk, the user that they become.
 * Exits with 0 where the mount is in place and read-only; otherwise nothing was mounted.
 */
export const mappedMount = `
use strict;
my ($unshare, $source, $target, $uid, $gid, $user) = @ARGV;
pipe(my $ready, my $tell) or die;
my $pid = fork // die;
if ($pid == 0) {
  syscall($unshare + 0, 0x10000000) == 0 or exit 1;
  syswrite $tell, "1";
  sleep 30;
  exit 0;
}
close $tell;
sysread($ready, my $byte, 1) or die "no user namespace";
for my $map (["uid_map", $uid], ["gid_map", $gid]) {
  open(my $file, ">", "/proc/$pid/$map->[0]") or die;
  syswrite $file, "$map->[1] $user 1" or die "no mapping";
}
open(my $namespace, "<", "/proc/$pid/ns/user") or die;
kill 9, $pid;
waitpid $pid, 0;
my ($here, $clone, $cloexec, $empty, $idmap, $readonly) = (-100, 1, 02000000, "", 0x100000, 1);
my $tree = syscall(428, $here, $source, $clone | $cloexec);
$tree >= 0 or die "open_tree: $!";
my $attributes = pack("Q4", $idmap | $readonly, 0, 0, fileno $namespace);
syscall(442, $tree, $empty, 0x1000, $attributes, length $attributes) == 0 or die "mount_setattr: $!";
syscall(429, $tree, $empty, $here, $target, 4) == 0 or die "move_mount: $!";
`

/** The number of unshare(2) on this machine; those of the calls for mounts are the same everywhere. */
export function unshareNumber(): string {
  return String(refusedCalls(thisArchitecture()).get('unshare'))
}
