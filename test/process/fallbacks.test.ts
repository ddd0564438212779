import { contract } from "./contract.ts";

contract([]);
contract(["shared-memory", "clone3"]);
contract(["pidfd"]);
contract(["group-signal"]);
contract(["close-range"]);
contract(["shared-memory"]);
contract(["clone3", "pidfd", "group-signal", "close-range"]);
