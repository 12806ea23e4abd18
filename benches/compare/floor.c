/*
 * The floor: what a request costs on this machine when a program does nothing but read it and write one page that lies
 * ready. One epoll loop, one thread, keep-alive, no parsing. Measured beside real servers, it is no server: whatever
 * arrives in one read is answered with the bytes of FILE, head and body as they stand there.
 *
 * usage: floor PORT FILE
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_REPLY = 1 << 20, MOST_REQUEST = 16 * 1024, MOST_EVENTS = 256, QUEUE = 1024 };

static char reply[MOST_REPLY];
static char request[MOST_REQUEST];

static void end(const char *what) {
    perror(what);
    exit(1);
}

static void watch(int poll, int socket) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = socket};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event) != 0)
        end("epoll_ctl");
}

int main(int count, char **words) {
    if (count != 3) {
        fprintf(stderr, "usage: floor PORT FILE\n");
        return 2;
    }
    FILE *file = fopen(words[2], "rb");
    if (file == NULL)
        end(words[2]);
    size_t length = fread(reply, 1, sizeof reply, file);
    fclose(file);

    int yes = 1;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(words[1]))};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(door, (struct sockaddr *)&here, sizeof here) != 0 || listen(door, QUEUE) != 0)
        end("listen");
    int poll = epoll_create1(0);
    watch(poll, door);

    for (;;) {
        struct epoll_event events[MOST_EVENTS];
        int ready = epoll_wait(poll, events, MOST_EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            int socket = events[i].data.fd;
            if (socket == door) {
                int client = accept4(door, NULL, NULL, SOCK_NONBLOCK);
                if (client >= 0) {
                    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                    watch(poll, client);
                }
                continue;
            }
            /* A client that does not take a whole page at once is given up: those who measure take it. */
            if (read(socket, request, sizeof request) <= 0 || write(socket, reply, length) != (ssize_t)length)
                close(socket);
        }
    }
}
