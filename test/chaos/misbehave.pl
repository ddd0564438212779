#!/usr/bin/perl
# Answers its request, or does what goes wrong in production: misbehave.pl MODE NONCE. The answer is the nonce.
use strict;
use warnings;
use IO::Socket::UNIX;

my ($mode, $nonce) = @ARGV;
my $id = $ENV{REQUEST_ID};

sub dial { IO::Socket::UNIX->new(Peer => $ENV{UROCKET_SOCKET}) or exit 7 }

# Posts, and returns the status that came back; 0 where the connection was closed instead.
sub post {
    my ($target, $body, $fields) = @_;
    my $socket = dial();
    $fields //= "Content-Length: " . length($body) . "\r\n";
    local $SIG{PIPE} = 'IGNORE';
    print $socket "POST /urhttp/$target HTTP/1.1\r\nHost: u\r\nConnection: close\r\n$fields\r\n$body";
    $socket->flush;
    my $line = <$socket> // '';
    return $line =~ /^HTTP\/1\.1 (\d+)/ ? $1 : 0;
}

sub noise { join '', map { chr int rand 256 } 1 .. shift }

if    ($mode eq 'double')    { post($id, $nonce); post($id, "second $nonce") }
elsif ($mode eq 'late')      { exit if fork; close STDOUT; close STDERR; select undef, undef, undef, 0.05; post($id, $nonce) }
elsif ($mode eq 'wrong')     { post('00000000-0000-4000-8000-000000000000', 'stray'); post($id, $nonce) }
elsif ($mode eq 'oversized') { post($id, 'x' x 200_000) }
elsif ($mode eq 'exit')      { exit 3 }
elsif ($mode eq 'signal')    { kill 'SEGV', $$; sleep 5 }
elsif ($mode eq 'silent')    { }
elsif ($mode eq 'hang')      { $SIG{TERM} = 'IGNORE'; sleep 1 while 1 }
elsif ($mode eq 'flood')     { print 'x' x 1_000_000; print STDERR 'y' x 1_000_000; post($id, $nonce) }
elsif ($mode eq 'offspring') { unless (fork) { sleep 60 } post($id, $nonce) }
elsif ($mode eq 'garbage')   { my $socket = dial(); print $socket noise(500); close $socket; post($id, $nonce) }
elsif ($mode eq 'half')      { my $socket = dial(); print $socket "POST /urhttp/$id HTTP/1.1\r\nContent-Length: 99\r\n\r\nx"; $socket->flush; post($id, $nonce) }
elsif ($mode eq 'lengths')   { post($id, $nonce, "Content-Length: 1\r\nContent-Length: 36\r\n"); post($id, $nonce) }
elsif ($mode eq 'error')     { post("$id/error", "on purpose") }
else                         { post($id, $nonce) }
