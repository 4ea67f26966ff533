import "./styles/all.css";
import { startWindow } from "./backend/start";
import { MainWindow } from "./features/frame/MainWindow";

void startWindow("main", <MainWindow />);
