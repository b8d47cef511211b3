package vn.sodiaban.fieldbook.ui

import androidx.annotation.DrawableRes
import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.coerceAtMost
import androidx.compose.ui.unit.dp

private val Largest = 40.dp

/** As much larger as the words beside it are, as far as a small phone has room. */
@Composable
fun Dp.withWords(): Dp = (this * LocalDensity.current.fontScale.coerceAtLeast(1f)).coerceAtMost(Largest)

/** A picture beside a word, or in the place of one: then it has a `description`. */
@Composable
fun WordIcon(@DrawableRes icon: Int, modifier: Modifier = Modifier, description: String? = null) =
    Icon(painterResource(icon), description, modifier.size(24.dp.withWords()))

/** The shape of a tone. */
@Composable
fun ToneMark(tone: Tone, modifier: Modifier = Modifier) = Canvas(modifier.size(14.dp.withWords())) { draw(tone) }

/** Before a word one can choose: a ring for one of a few, a square for any of a few; filled when chosen. */
@Composable
fun ChoiceMark(isChosen: Boolean, isRound: Boolean, modifier: Modifier = Modifier) {
    val colours = MaterialTheme.colorScheme
    val ink = if (isChosen) colours.primary else colours.outline
    Canvas(modifier.size(18.dp.withWords())) { if (isRound) ring(isChosen, ink) else square(isChosen, ink, colours.onPrimary) }
}

private fun DrawScope.ring(isChosen: Boolean, ink: Color) {
    val line = size.width / 9
    drawCircle(ink, size.width / 2 - line / 2, style = Stroke(line))
    if (isChosen) drawCircle(ink, size.width / 4)
}

private fun DrawScope.square(isChosen: Boolean, ink: Color, paper: Color) {
    val (w, h) = size
    val line = w / 9
    if (!isChosen) return drawRect(ink, style = Stroke(line))
    drawRect(ink)
    drawLine(paper, Offset(w * .2f, h * .55f), Offset(w * .42f, h * .75f), line, StrokeCap.Round)
    drawLine(paper, Offset(w * .42f, h * .75f), Offset(w * .8f, h * .28f), line, StrokeCap.Round)
}

private fun DrawScope.draw(tone: Tone) {
    val (w, h) = size
    val thin = w / 7
    val line = Stroke(thin, cap = StrokeCap.Round)
    when (tone) {
        Tone.CALM -> drawCircle(tone.ink, radius = (w - thin) / 2, style = line)

        Tone.GOOD -> drawPath(path(0f to h * .55f, w * .38f to h * .9f, w to h * .15f), tone.ink, style = line)

        Tone.SOON -> {
            drawCircle(tone.ink, radius = (w - thin) / 2, style = line)
            drawArc(tone.ink, startAngle = 90f, sweepAngle = 180f, useCenter = true)
        }

        Tone.LATE -> drawPath(path(w / 2 to 0f, w to h, 0f to h).apply { close() }, tone.ink)

        Tone.DANGER -> {
            drawRect(tone.ink)
            drawLine(tone.paper, Offset(w / 2, h * .2f), Offset(w / 2, h * .6f), thin)
            drawCircle(tone.paper, radius = thin * .6f, center = Offset(w / 2, h * .8f))
        }
    }
}

private fun path(vararg points: Pair<Float, Float>) = Path().apply {
    points.forEachIndexed { index, (x, y) -> if (index == 0) moveTo(x, y) else lineTo(x, y) }
}
