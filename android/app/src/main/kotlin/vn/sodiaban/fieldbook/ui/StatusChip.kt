package vn.sodiaban.fieldbook.ui

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.unit.dp

/** How a status feels. Each has a shape of its own, so that no meaning hangs on a colour. */
enum class Tone(internal val ink: Color, internal val paper: Color) {
    /** Nothing to do: a ring. */
    CALM(Color(0xFF37413F), Color(0xFFEEF2F1)),

    /** Done: a tick. */
    GOOD(Color(0xFF0B4F2A), Color(0xFFDDF2E3)),

    /** Soon: a half-filled ring. */
    SOON(Color(0xFF4A3A00), Color(0xFFFFF0C2)),

    /** Late: a triangle. */
    LATE(Color(0xFF6B2B00), Color(0xFFFFE3CC)),

    /** Something may be lost: a square with a stroke. The only red there is. */
    DANGER(Color(0xFF7F150D), Color(0xFFFCE4E1)),
}

/** A status: a word, a shape, and a colour, in this order of importance. */
@Composable
fun StatusChip(word: String, tone: Tone, modifier: Modifier = Modifier) {
    Surface(modifier, shape = MaterialTheme.shapes.small, color = tone.paper, contentColor = tone.ink) {
        Row(Modifier.padding(horizontal = 10.dp, vertical = 4.dp), Arrangement.spacedBy(8.dp), Alignment.CenterVertically) {
            Canvas(Modifier.size(14.dp)) { draw(tone) }
            Text(word, style = MaterialTheme.typography.labelMedium)
        }
    }
}

private fun DrawScope.draw(tone: Tone) {
    val line = Stroke(2.dp.toPx(), cap = StrokeCap.Round)
    val (w, h) = size
    when (tone) {
        Tone.CALM -> drawCircle(tone.ink, radius = w / 2 - 1.dp.toPx(), style = line)

        Tone.GOOD -> drawPath(path(0f to h * .55f, w * .38f to h * .9f, w to h * .15f), tone.ink, style = line)

        Tone.SOON -> {
            drawCircle(tone.ink, radius = w / 2 - 1.dp.toPx(), style = line)
            drawArc(tone.ink, startAngle = 90f, sweepAngle = 180f, useCenter = true)
        }

        Tone.LATE -> drawPath(path(w / 2 to 0f, w to h, 0f to h).apply { close() }, tone.ink)

        Tone.DANGER -> {
            drawRect(tone.ink)
            drawLine(tone.paper, Offset(w / 2, h * .2f), Offset(w / 2, h * .6f), 2.dp.toPx())
            drawCircle(tone.paper, radius = 1.2.dp.toPx(), center = Offset(w / 2, h * .8f))
        }
    }
}

private fun path(vararg points: Pair<Float, Float>) = Path().apply {
    points.forEachIndexed { index, (x, y) -> if (index == 0) moveTo(x, y) else lineTo(x, y) }
}
