import { useEffect, useState } from "preact/hooks";
import type { MachineOutline } from "tenuto";
import type { Drawing } from "./drawing.ts";

/** The drawing of a machine, once its layout is made; `"failed"` when what makes it can't be loaded. */
export function useDrawing(outline: MachineOutline): Drawing | "failed" | undefined {
  const [drawing, setDrawing] = useState<Drawing | "failed">();
  useEffect(() => {
    let isGone = false;
    const draw = async () => {
      const { layOut } = await import("./lay-out.ts");
      if (!isGone) setDrawing(layOut(outline, widthOf));
    };
    draw().catch(() => {
      if (!isGone) setDrawing("failed");
    });
    return () => {
      isGone = true;
    };
  }, [outline]);
  return drawing;
}

const canvas = document.createElement("canvas").getContext("2d");

/** As the page writes it, a bit wider than needed: what is current is bold. */
function widthOf(text: string, fontSize: number): number {
  if (!canvas) return text.length * fontSize * 0.65;
  canvas.font = `600 ${fontSize}px system-ui, sans-serif`;
  return Math.ceil(canvas.measureText(text).width) + 2;
}
