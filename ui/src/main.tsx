import "./styles/all.css";
import { startWindow } from "./backend/start";
import { MainWindow } from "./features/main-window/MainWindow";

void startWindow("main", <MainWindow />);
